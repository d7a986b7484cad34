import { useQuery } from '../../client/use-query.ts';
import { whyNull } from '../../client/why-null.ts';
import { graphql } from '../../generated/gql.ts';
import type { PageDeskQuery, PageDeskStopsQuery } from '../../generated/graphql.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { decisionHref, visitHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { NoPart } from '../../parts/no-part.tsx';
import { NoValue } from '../../parts/no-value.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { stateOf, type StopState } from '../../parts/stop-state.ts';
import { DueDay, placeOf, SubjectName } from '../../parts/task.tsx';
import { today } from '../../parts/today.ts';
import { countryOfReader } from '../../session/session.ts';
import { formatNumber, t } from '../../words/language.ts';
import { formatDays, joinNames, nameCountries } from '../../words/names.ts';

const deskQuery = graphql(`
  query PageDesk($from: Date!, $host: CountryCode) {
    tasks(first: 5) {
      totalCount
      nodes {
        id
        kind
        subject
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
    visits(filter: { from: $from, hostCountry: $host }, orderBy: STARTS_ON, first: 100) {
      nodes {
        id
        title
        startsOn
        endsOn
        departedOn
        cancelledOn
        isRehearsal
        group {
          cancelledOn
        }
      }
    }
  }
`);

const stopsQuery = graphql(`
  query PageDeskStops($visit: ID!) {
    visit(id: $visit) {
      stops {
        status
        confirmed
        hostCountry
      }
    }
  }
`);

type Tasks = NonNullable<PageDeskQuery['tasks']>;
type Visit = NonNullable<PageDeskQuery['visits']>['nodes'][number];
type Stop = NonNullable<NonNullable<PageDeskStopsQuery['visit']>['stops']>[number];

/** What is due first. The page of tasks has all of them. */
function FirstTasks({ tasks, isWhole }: { tasks: Tasks; isWhole: boolean }) {
  if (tasks.totalCount === 0) return isWhole ? <p>{t('start.nothingWaits')}</p> : null;
  return (
    <>
      <ul class="visit-cards">
        {tasks.nodes.map((task) => (
          <li key={task.id}>
            <a href={decisionHref(task.id)}>{t(`taskKinds.${task.kind}`)}</a>
            <Rehearsal of={task} />
            <span>
              <SubjectName task={task} />
            </span>
            <span class="soft">{placeOf(task)}</span>
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
function sayUnconfirmed(stops: readonly Stop[]): string {
  const planned = stops.filter(({ status }) => status === 'PLANNED');
  if (planned.length === 0) return t('programme.noStops');
  const countries = (state: StopState) => [
    ...new Set(
      planned.filter((stop) => stateOf(stop) === state).map(({ hostCountry }) => hostCountry),
    ),
  ];
  const [waiting, silent] = [countries('UNCONFIRMED'), countries('UNANSWERED')];
  const parts = [
    waiting.length > 0 &&
      t('start.unconfirmedBy', { countries: joinNames(nameCountries(waiting)) }),
    silent.length > 0 && t('start.unansweredBy', { countries: joinNames(nameCountries(silent)) }),
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(' ') : t('start.allConfirmed');
}

/** Read of the one visit that is shown: each reading of a plan is recorded. */
function Stops({ visit }: { visit: string }) {
  const { response } = useQuery(stopsQuery, { visit });
  if (!response) return <Loading />;
  const stops = response.data?.visit?.stops;
  if (stops) return <span>{sayUnconfirmed(stops)}</span>;
  return (
    <span>
      {t('programme.itinerary')}:{' '}
      <NoValue why={whyNull(response.errors, ['visit', 'stops'], 'nbnp')} />
    </span>
  );
}

function NextVisit({ visits }: { visits: readonly Visit[] }) {
  const next = visits.find(
    ({ departedOn, cancelledOn, group }) => !departedOn && !cancelledOn && !group?.cancelledOn,
  );
  if (!next) return <p>{t('programme.noUpcoming')}</p>;
  return (
    <ul class="visit-cards">
      <li>
        <a href={visitHref(next.id)}>{next.title}</a>
        <Rehearsal of={next} />
        <span>{formatDays(next.startsOn, next.endsOn)}</span>
        <Stops key={next.id} visit={next.id} />
      </li>
    </ul>
  );
}

/**
 * What those who run the programme see first: what is due, and the next visit, for a police force the
 * next that it hosts.
 */
export function Desk() {
  const host = countryOfReader();
  const { response, refetch } = useQuery(deskQuery, { from: today(), host });
  const { tasks, visits } = response?.data ?? {};
  const errors = response?.errors ?? [];
  return (
    <>
      <ResponseNote response={response} refetch={refetch} />
      {!response && <Loading />}
      <h2>{t('start.yourTasks')}</h2>
      {tasks && <FirstTasks tasks={tasks} isWhole={errors.length === 0} />}
      {response && !tasks && <NoPart errors={errors} path={['tasks']} owner="nbnp" />}
      <h2>{t('start.nextVisit')}</h2>
      {visits && <NextVisit visits={visits.nodes} />}
      {response && !visits && <NoPart errors={errors} path={['visits']} owner="nbnp" />}
    </>
  );
}
