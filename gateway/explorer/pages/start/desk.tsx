import { useQuery } from '../../client/use-query.ts';
import { graphql } from '../../generated/gql.ts';
import type { PageDeskQuery } from '../../generated/graphql.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { DueDay } from '../../parts/due-day.tsx';
import { decisionHref, visitHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { NoPart } from '../../parts/no-part.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { today } from '../../parts/today.ts';
import { formatNumber, t } from '../../words/language.ts';
import { formatDays, joinNames, nameOfCountry } from '../../words/names.ts';

const deskQuery = graphql(`
  query PageDesk($from: Date!) {
    tasks(first: 5) {
      totalCount
      nodes {
        id
        kind
        dueOn
        isOverdue
        isRehearsal
        group {
          name
        }
        visit {
          title
        }
      }
    }
    visits(filter: { from: $from }, orderBy: STARTS_ON, first: 20) {
      nodes {
        id
        title
        startsOn
        endsOn
        departedOn
        cancelledOn
        isRehearsal
        stops {
          status
          confirmed
          hostCountry
        }
      }
    }
  }
`);

type Tasks = NonNullable<PageDeskQuery['tasks']>;
type Visit = NonNullable<PageDeskQuery['visits']>['nodes'][number];

/** What is due first. The page of tasks has all of them. */
function FirstTasks({ tasks }: { tasks: Tasks }) {
  if (tasks.totalCount === 0) return <p>{t('start.nothingWaits')}</p>;
  return (
    <>
      <ul class="visit-cards">
        {tasks.nodes.map((task) => (
          <li key={task.id}>
            <a href={decisionHref(task.id)}>{t(`taskKinds.${task.kind}`)}</a>
            <Rehearsal of={task} />
            <span>
              {joinNames(
                [task.group?.name, task.visit?.title].filter((name) => name !== undefined),
              )}
            </span>
            {task.dueOn !== null && (
              <span>
                {t('tasks.due')}: <DueDay dueOn={task.dueOn} isOverdue={task.isOverdue} />
              </span>
            )}
          </li>
        ))}
      </ul>
      <p>
        <a href="/tasks">{t('start.allTasks', { count: formatNumber(tasks.totalCount) })}</a>
      </p>
    </>
  );
}

/** Which countries have not confirmed all of their stops, in words. */
function sayUnconfirmed({ stops }: Visit): string {
  if (!stops) return '';
  const planned = stops.filter(({ status }) => status === 'PLANNED');
  if (planned.length === 0) return t('programme.noStops');
  const countries = (confirmed: boolean | null) => [
    ...new Set(
      planned
        .filter((stop) => stop.confirmed === confirmed)
        .map(({ hostCountry }) => nameOfCountry(hostCountry)),
    ),
  ];
  const [waiting, silent] = [countries(false), countries(null)];
  const parts = [
    waiting.length > 0 && t('start.unconfirmedBy', { countries: joinNames(waiting) }),
    silent.length > 0 && t('start.unansweredBy', { countries: joinNames(silent) }),
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(' ') : t('start.allConfirmed');
}

function NextVisit({ visits }: { visits: readonly Visit[] }) {
  const next = visits.find(({ departedOn, cancelledOn }) => !departedOn && !cancelledOn);
  if (!next) return <p>{t('programme.noUpcoming')}</p>;
  return (
    <ul class="visit-cards">
      <li>
        <a href={visitHref(next.id)}>{next.title}</a>
        <Rehearsal of={next} />
        <span>{formatDays(next.startsOn, next.endsOn)}</span>
        <span>{sayUnconfirmed(next)}</span>
      </li>
    </ul>
  );
}

/** What those who run the programme see first: what is due, and the next visit. */
export function Desk() {
  const { response, refetch } = useQuery(deskQuery, { from: today() });
  const { tasks, visits } = response?.data ?? {};
  const errors = response?.errors ?? [];
  return (
    <>
      <ResponseNote response={response} refetch={refetch} />
      {!response && <Loading />}
      <h2>{t('start.yourTasks')}</h2>
      {tasks && <FirstTasks tasks={tasks} />}
      {response && !tasks && <NoPart errors={errors} path={['tasks']} owner="nbnp" />}
      <h2>{t('start.nextVisit')}</h2>
      {visits && <NextVisit visits={visits.nodes} />}
      {response && !visits && <NoPart errors={errors} path={['visits']} owner="nbnp" />}
    </>
  );
}
