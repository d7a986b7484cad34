import type { GraphResponse } from '../../client/send-operation.ts';
import { useQuery } from '../../client/use-query.ts';
import { isRefusal, ownerOf } from '../../client/why-null.ts';
import { graphql } from '../../generated/gql.ts';
import type { MyJourneyQuery } from '../../generated/graphql.ts';
import { ContactPoints } from '../../parts/contact-points.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Loading } from '../../parts/loading.tsx';
import { NoPart } from '../../parts/no-part.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { formatDate, t } from '../../words/language.ts';
import { isOver } from './journey.ts';
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

interface PlaceProps {
  readonly me: Pick<Me, '__typename' | 'id'>;
}

/** Where she works, and how to reach it. */
function PlaceOfWork({ me }: PlaceProps) {
  const { response } = useQuery(placeQuery, {});
  if (!response) return <Loading />;
  const her = response.data?.me;
  const place = her && ('unit' in her ? her.unit : 'office' in her ? her.office : null);
  const path = ['me', me.__typename === 'Delegate' ? 'office' : 'unit'];
  if (!place) return <NoPart errors={response.errors} path={path} owner={ownerOf(me.id)} />;
  return (
    <>
      <h3>
        {t('contactPoints.title')}: {place.name}
      </h3>
      <ContactPoints party={place.id} />
    </>
  );
}

interface CalledOffProps extends PlaceProps {
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
        <Rehearsal of={group} />
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
        {isOnline && <PlaceOfWork me={me} />}
      </section>
      {isOnline && <People me={me} group={group} />}
    </>
  );
}

/** A response without the refusals of what belongs to a journey that has ended: the page says that it has. */
export function withoutEnded(
  response: GraphResponse<MyJourneyQuery>,
): GraphResponse<MyJourneyQuery> {
  const groups = response.data?.me?.groups ?? [];
  const isEnded = (path: readonly (string | number)[] = []) => {
    const group = path[1] === 'groups' && groups[Number(path[2])];
    return group && (group.cancelledOn !== null || isOver(group));
  };
  const errors = response.errors.filter((error) => !isRefusal(error) || !isEnded(error.path));
  return { ...response, errors };
}
