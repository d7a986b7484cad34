import { Fragment } from 'preact';
import { useQuery } from '../../client/use-query.ts';
import { whyNull } from '../../client/why-null.ts';
import { graphql } from '../../generated/gql.ts';
import type {
  DeskVisitFragment,
  PageDeskQuery,
  PageDeskStopsQuery,
} from '../../generated/graphql.ts';
import { ResponseNote } from '../../parts/completeness.tsx';
import { decisionHref, stopHref, visitHref } from '../../parts/links.ts';
import { Loading } from '../../parts/loading.tsx';
import { NoPart } from '../../parts/no-part.tsx';
import { NoValue } from '../../parts/no-value.tsx';
import { Rehearsal } from '../../parts/rehearsal.tsx';
import { stateOf, stopsByDay, StopWord, type StopState } from '../../parts/stop-state.tsx';
import { DueDay, placeOf, SubjectName } from '../../parts/task.tsx';
import { isPast, today } from '../../parts/today.ts';
import { countryOfReader } from '../../session/session.ts';
import { formatNumber, t } from '../../words/language.ts';
import { formatDays, formatWeekday, joinNames, nameCountries } from '../../words/names.ts';

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
          id
          name
        }
        visit {
          ...DeskVisit
        }
      }
    }
    visits(filter: { from: $from, hostCountry: $host }, orderBy: STARTS_ON, first: 100) {
      nodes {
        ...DeskVisit
      }
    }
  }

  fragment DeskVisit on Visit {
    id
    title
    startsOn
    endsOn
    departedOn
    returnedOn
    cancelledOn
    isRehearsal
    group {
      cancelledOn
    }
  }
`);

const stopsQuery = graphql(`
  query PageDeskStops($visit: ID!) {
    visit(id: $visit) {
      stops {
        id
        title
        day
        from
        status
        confirmed
        hostCountry
      }
    }
  }
`);

type Tasks = NonNullable<PageDeskQuery['tasks']>;
type Visit = DeskVisitFragment;
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

/** The stops in the reader’s country, which her organisation arranges, by day. */
function OwnStops({ stops, visit }: { stops: readonly Stop[]; visit: string }) {
  const own = stops.filter(({ hostCountry }) => hostCountry === countryOfReader());
  return (
    <dl class="own-stops">
      {stopsByDay(own).map(({ day, stops: ofDay }) => (
        <Fragment key={day}>
          <dt>{formatWeekday(day)}</dt>
          {ofDay.map((stop) => (
            <dd key={stop.id}>
              {stop.from} <a href={stopHref(visit, stop.id)}>{stop.title}</a>{' '}
              <StopWord stop={stop} />
            </dd>
          ))}
        </Fragment>
      ))}
    </dl>
  );
}

/** Read of the one visit that is shown: each reading of a plan is recorded. */
function Stops({ visit }: { visit: string }) {
  const { response } = useQuery(stopsQuery, { visit });
  if (!response) return <Loading />;
  const stops = response.data?.visit?.stops;
  if (stops)
    return (
      <>
        <span>{sayUnconfirmed(stops)}</span>
        <OwnStops stops={stops} visit={visit} />
      </>
    );
  return (
    <span>
      {t('programme.itinerary')}:{' '}
      <NoValue why={whyNull(response.errors, ['visit', 'stops'], 'nbnp')} />
    </span>
  );
}

/** Who set out and has not returned is still under way. */
const isAhead = ({ departedOn, returnedOn, endsOn, cancelledOn, group }: Visit): boolean =>
  !returnedOn &&
  !cancelledOn &&
  !group?.cancelledOn &&
  (departedOn !== null || (endsOn ?? today()) >= today());

interface NextVisitProps {
  readonly visits: readonly Visit[];
  /** Whether the reader may read the plan. A refusal is recorded. */
  readonly hasPlan: boolean;
}

/** The visit that is under way, and the next. */
function NextVisit({ visits, hasPlan }: NextVisitProps) {
  const ahead = visits.filter(isAhead);
  const underWay = ahead.find(({ departedOn }) => departedOn !== null);
  const next = ahead.find(({ departedOn }) => departedOn === null);
  if (!underWay && !next) return <p>{t('programme.noUpcoming')}</p>;
  return (
    <ul class="visit-cards">
      {[underWay, next].map(
        (visit) =>
          visit && (
            <li key={visit.id}>
              <a href={visitHref(visit.id)}>{visit.title}</a>
              <Rehearsal of={visit} />
              <span>
                {formatDays(visit.startsOn, visit.endsOn)}
                {visit === underWay &&
                  ` · ${t(isPast(visit.endsOn) ? 'programme.awaitsReturn' : 'programme.underWay')}`}
              </span>
              {hasPlan && <Stops visit={visit.id} />}
            </li>
          ),
      )}
    </ul>
  );
}

/** The return of a visit that ended longer ago has a task. */
const longestMs = 60 * 24 * 60 * 60 * 1000;

/**
 * What those who run the programme see first: what is due, and the visit that is under way or next; for
 * a police force one that it hosts, else one of its tasks.
 */
export function Desk() {
  const host = countryOfReader();
  const from = new Date(Date.now() - longestMs).toISOString().slice(0, 10);
  const { response, refetch } = useQuery(deskQuery, { from, host });
  const { tasks, visits } = response?.data ?? {};
  const errors = response?.errors ?? [];
  const isOwn = visits?.nodes.some(isAhead) ?? false;
  const ofTasks = tasks?.nodes.flatMap(({ visit }) => visit ?? []) ?? [];
  return (
    <>
      <ResponseNote response={response} refetch={refetch} />
      {!response && <Loading />}
      <div class="desk">
        <section>
          <h2>{t('start.yourTasks')}</h2>
          {tasks && <FirstTasks tasks={tasks} isWhole={errors.length === 0} />}
          {response && !tasks && <NoPart errors={errors} path={['tasks']} owner="nbnp" />}
        </section>
        <section>
          <h2>{t('programme.visits')}</h2>
          {visits && <NextVisit visits={isOwn ? visits.nodes : ofTasks} hasPlan={isOwn} />}
          {response && !visits && <NoPart errors={errors} path={['visits']} owner="nbnp" />}
        </section>
      </div>
    </>
  );
}
