import type { GraphResponse } from '../../client/send-operation.ts';
import { useQuery } from '../../client/use-query.ts';
import { isRefusal } from '../../client/why-null.ts';
import { graphql } from '../../generated/gql.ts';
import type { MyJourneyQuery } from '../../generated/graphql.ts';
import { Facts } from '../../parts/facts.tsx';
import { Reach } from '../../parts/party-name.tsx';
import { formatDate, t } from '../../words/language.ts';
import type { JourneyGroup, Me } from './my-journey-query.ts';
import { People } from './people.tsx';

const placeQuery = graphql(`
  query MyPlaceOfWork {
    me {
      ... on Officer {
        id
        unit {
          id
          name
        }
      }
      ... on Delegate {
        id
        office {
          id
          name
        }
      }
    }
  }
`);

const nominationsQuery = graphql(`
  query MyNominations {
    me {
      ... on Officer {
        id
        nominations {
          id
          status
          reserve
          reason
          group {
            id
            name
          }
        }
      }
      ... on Delegate {
        id
        byOffice: nominations {
          id
          status
          reserve
          reason
          group {
            id
            name
          }
        }
      }
    }
  }
`);

/** Where she works, and how to reach it. */
function PlaceOfWork() {
  const me = useQuery(placeQuery, {}).response?.data?.me;
  const place = me && ('unit' in me ? me.unit : 'office' in me ? me.office : null);
  return place ? (
    <Reach party={place.id}>
      {t('contactPoints.title')}: {place.name}
    </Reach>
  ) : null;
}

interface CalledOffProps {
  readonly me: Pick<Me, '__typename' | 'id'>;
  readonly group: JourneyGroup;
  readonly on: string;
  readonly isOnline: boolean;
}

/** Of a group that was cancelled: why, and whom to ask. The rights that came from the journey have ended. */
export function CalledOff({ me, group, on, isOnline }: CalledOffProps) {
  return (
    <>
      <p class="journey-group">
        {group.name} · {group.programme.title}
      </p>
      <section class="journey-next">
        <h2>{t('journey.calledOff')}</h2>
        <Facts
          facts={[
            [t('programme.cancelled'), formatDate(on)],
            [t('programme.reason'), group.cancelReason],
          ]}
        />
        <p>{t('journey.askCoordinator')}</p>
        {isOnline && <PlaceOfWork />}
      </section>
      {isOnline && <People me={me} group={group} />}
    </>
  );
}

/** Who is a member of no group: how far her nominations are, and why she was declined. */
export function NoGroup() {
  const me = useQuery(nominationsQuery, {}).response?.data?.me;
  const nominations = (me && ('byOffice' in me ? me.byOffice : me.nominations)) ?? [];
  return (
    <>
      <p>{t('journey.noGroup')}</p>
      <ul class="journey-nominations">
        {nominations.map(({ id, group, status, reserve, reason }) => {
          const state = reserve && status === 'SELECTED' ? 'RESERVE' : status;
          return (
            <li key={id}>
              {group?.name ?? t('response.missing')}
              {state && ` (${t(`nominationStates.${state}`)})`}
              {reason && <span class="reason">{reason}</span>}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** A response without the refusals of what belongs to a cancelled journey: the page says that it is. */
export function withoutCalledOff(
  response: GraphResponse<MyJourneyQuery>,
): GraphResponse<MyJourneyQuery> {
  const groups = response.data?.me?.groups ?? [];
  const isCalledOff = (path: readonly (string | number)[] = []) =>
    path[1] === 'groups' && groups[Number(path[2])]?.cancelledOn != null;
  const errors = response.errors.filter((error) => !isRefusal(error) || !isCalledOff(error.path));
  return { ...response, errors };
}
