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
  query PageDesk($from: Date!) {
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
          id
          title
        }
      }
    }
    visits(filter: { from: $from }, orderBy: STARTS_ON, first: 100) {
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
    hostCountries
    group {
      cancelledOn
      from {
        name
        countries
      }
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

/** So many are shown. The page of the programme has all of them. */
const mostVisits = 4;

/** Whether the reader’s country hosts it. Who has none follows all visits. */
const isHosted = ({ hostCountries }: Visit): boolean => {
  const country = countryOfReader();
  return country === null || (hostCountries ?? []).includes(country);
};

/** Whether its group comes from a side of the reader’s country, which nominates for it. */
const isSent = ({ group }: Visit): boolean =>
  group?.from.countries.includes(countryOfReader() ?? '') ?? false;

/** From where to where. */
const directionOf = ({ group, hostCountries }: Visit): string =>
  [group?.from.name, joinNames(nameCountries(hostCountries ?? []))].filter(Boolean).join(' → ');

/** The visits that are under way, and those to come, the nearest first. */
function NextVisits({ visits }: { visits: readonly Visit[] }) {
  const ahead = visits
    .filter(isAhead)
    .toSorted((one, other) => Number(!one.departedOn) - Number(!other.departedOn));
  if (ahead.length === 0) return <p>{t('programme.noUpcoming')}</p>;
  // Who may not read a plan does not ask for it: a refusal is recorded, and so is each reading.
  const hosted = ahead.filter(isHosted);
  const planned = [true, false].map((isUnderWay) =>
    hosted.find(({ departedOn }) => (departedOn !== null) === isUnderWay),
  );
  return (
    <>
      <ul class="visit-cards">
        {ahead.slice(0, mostVisits).map((visit) => (
          <li key={visit.id}>
            <a href={visitHref(visit.id)}>{visit.title}</a>
            <Rehearsal of={visit} />
            <span>
              {formatDays(visit.startsOn, visit.endsOn)}
              {visit.departedOn !== null &&
                ` · ${t(isPast(visit.endsOn) ? 'programme.awaitsReturn' : 'programme.underWay')}`}
            </span>
            <span class="soft">{directionOf(visit)}</span>
            {planned.includes(visit) && <Stops visit={visit.id} />}
          </li>
        ))}
      </ul>
      {ahead.length > mostVisits && (
        <p>
          <a href="/programme">{t('programme.allGroups')}</a>
        </p>
      )}
    </>
  );
}

/** The return of a visit that ended longer ago has a task. */
const longestMs = 60 * 24 * 60 * 60 * 1000;

/**
 * What those who run the programme see first: what is due, and the visits under way and to come; for a
 * police force those that it hosts, those of groups from its side, and those of its tasks.
 */
export function Desk() {
  const from = new Date(Date.now() - longestMs).toISOString().slice(0, 10);
  const { response, refetch } = useQuery(deskQuery, { from });
  const { tasks, visits } = response?.data ?? {};
  const errors = response?.errors ?? [];
  const ofTasks = tasks?.nodes.map(({ visit }) => visit?.id) ?? [];
  const own = visits?.nodes.filter(
    (visit) => isHosted(visit) || isSent(visit) || ofTasks.includes(visit.id),
  );
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
          {own && <NextVisits visits={own} />}
          {response && !own && <NoPart errors={errors} path={['visits']} owner="nbnp" />}
        </section>
      </div>
    </>
  );
}
