import { useQuery } from '../../client/use-query.ts';
import { graphql } from '../../generated/gql.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { t } from '../../words/language.ts';
import { stateOfNomination } from '../../words/names.ts';
import type { JourneyGroup } from './my-journey-query.ts';

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
            isRehearsal
            cancelledOn
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
            isRehearsal
            cancelledOn
          }
        }
      }
    }
  }
`);

/** How far her nominations are for groups of which she is no member, and why she was declined. */
export function Nominations({ groups }: { groups: readonly Pick<JourneyGroup, 'id'>[] }) {
  const { response, refetch } = useQuery(nominationsQuery, {});
  if (!response) return <Loading />;
  const me = response.data?.me;
  const all = me && ('byOffice' in me ? me.byOffice : me.nominations);
  if (!all) return <ResponseNote response={response} refetch={refetch} />;
  const others = all.filter(({ group }) => !groups.some(({ id }) => id === group?.id));
  if (others.length === 0) return null;
  return (
    <section>
      <h2>{t('deadlineKinds.NOMINATION')}</h2>
      <ul class="journey-nominations">
        {others.map(({ id, group, status, reserve, reason }) => {
          const state = stateOfNomination({ status, reserve });
          const isCalledOff = group !== null && group.cancelledOn !== null;
          const words = [
            ...(isCalledOff ? [t('programme.cancelled')] : []),
            // Nobody decides any more.
            ...(state && !(isCalledOff && state === 'PENDING')
              ? [t(`nominationStates.${state}`)]
              : []),
          ];
          return (
            <li key={id}>
              {group?.name ?? t('response.missing')}
              {words.length > 0 && ` (${words.join(', ')})`}
              <Rehearsal of={group} />
              {reason && <span class="reason">{reason}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
