import { useLocation } from 'preact-iso';
import type { GraphError } from '../../../client/send-operation.ts';
import { useQuery } from '../../../client/use-query.ts';
import { whyNull } from '../../../client/why-null.ts';
import { useTitle } from '../../../frame/title.ts';
import type { PageOneProgrammeQuery } from '../../../generated/graphql.ts';
import { Facts } from '../../../parts/facts.tsx';
import { eventHref, programmeHref } from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { NoPart } from '../../../parts/no-part.tsx';
import { NoValue } from '../../../parts/no-value.tsx';
import { Outcome } from '../../../parts/outcome.tsx';
import { PlanningLinks } from '../../../parts/planning-links.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { SignInButton } from '../../../parts/sign-in-button.tsx';
import { Source } from '../../../parts/source.tsx';
import { today } from '../../../parts/today.ts';
import { person } from '../../../session/session.ts';
import { formatDate, t } from '../../../words/language.ts';
import {
  formatEventDays,
  formatUnits,
  nameOfDestination,
  nameOfEnds,
} from '../../../words/names.ts';
import { PageNote } from '../page-note.tsx';
import {
  boardQuery,
  programmeQuery,
  type BoardProgramme,
  type BoardRegion,
} from './board-query.ts';
import { Evaluation } from './evaluation.tsx';
import { GroupLines } from './group-lines.tsx';
import { Sides } from './sides.tsx';
import { UpcomingVisits } from './upcoming-visits.tsx';

/** A deadline in words: `Nominations: 90 days before the departure`. */
function sayDeadline({ kind, days: number }: BoardProgramme['deadlines'][number]): string {
  const isAfter = kind === 'REPORT' || kind === 'DEBRIEFING';
  const days = formatUnits(number, 'day');
  const when = t(isAfter ? 'programme.afterReturn' : 'programme.beforeDeparture', { days });
  return `${t(`deadlineKinds.${kind}`)}: ${when}`;
}

/** Its last day may be a year alone. */
const hasEnded = ({ endsOn }: BoardProgramme): boolean =>
  endsOn !== null && endsOn < today().slice(0, endsOn.length);

/** True if a programme has ended, and nothing of it is left to do. */
const isOver = (programme: BoardProgramme): boolean =>
  hasEnded(programme) && (!programme.groups?.length || programme.evaluation?.status === 'COMPLETE');

/** What a programme planned, as its source says, and what can be done with it. */
function Plan({ programme, isShort }: Pick<ProgrammeProps, 'programme' | 'isShort'>) {
  const { startsOn, endsOn, plannedGroups, plannedJourneys, deadlines, source, evaluation } =
    programme;
  const unknown = <NoValue why="unknown" />;
  return (
    <>
      <Facts
        isInline
        facts={[
          [t('programme.starts'), startsOn ? formatDate(startsOn) : unknown],
          [t('programme.ends'), endsOn ? formatDate(endsOn) : unknown],
          [t('programme.plannedGroups'), plannedGroups ?? unknown],
          ...plannedJourneys.map(
            ({ destination, weeks, ...journey }) =>
              [
                nameOfEnds(journey),
                t('programme.journey', {
                  destination: nameOfDestination(destination),
                  weeks: formatUnits(weeks, 'week'),
                }),
              ] as const,
          ),
          [t('programme.deadlines'), deadlines.map(sayDeadline).join('; ')],
          [t('programme.source'), source && <Source url={source} />],
          [
            t('evaluation.title'),
            isShort && evaluation?.status && t(`evaluationStates.${evaluation.status}`),
          ],
        ]}
      />
      <PlanningLinks
        id={programme.id}
        of={programme.title}
        forms={[
          ['createGroup', 'plan.createGroup', !isOver(programme)],
          ['changeProgramme', 'plan.changeProgramme'],
          ['copyProgramme', 'plan.copyProgramme'],
          ['removeProgramme', 'plan.removeProgramme', programme.groups?.length === 0],
        ]}
      />
    </>
  );
}

interface ProgrammeProps {
  /** Among all programmes, one of the past has its groups alone. @default false */
  readonly isShort?: boolean;
  readonly programme: BoardProgramme;
  readonly regions: readonly BoardRegion[];
  readonly errors: readonly GraphError[];
  /** The place of the programme in the response. */
  readonly path: readonly (string | number)[];
}

/** How far each group is, who takes part, and what came of it. */
function Parts({ programme, regions, errors, path, isShort }: ProgrammeProps) {
  const { groups, evaluation } = programme;
  return (
    <>
      {groups && <GroupLines groups={groups} errors={errors} path={[...path, 'groups']} />}
      {!groups &&
        (whyNull(errors, [...path, 'groups'], 'nbnp') === 'unknown' ? (
          <p>{t('programme.notDocumented')}</p>
        ) : (
          <NoPart errors={errors} path={[...path, 'groups']} owner="nbnp" />
        ))}
      {!isShort && programme.sides && programme.sides.length > 0 && (
        <Sides sides={programme.sides} regions={regions} />
      )}
      {!isShort && (groups ?? evaluation) && (
        <Evaluation programme={programme} errors={errors} path={path} />
      )}
    </>
  );
}

/**
 * What is under way stands above what has ended, and rehearsals below what is real: for a visitor, who
 * has nothing to do in a rehearsal, below all that is. Each keeps its place in the response.
 */
const inOrder = (programmes: readonly BoardProgramme[]) =>
  programmes
    .map((programme, index) => ({ programme, index, isShort: isOver(programme) }))
    .toSorted(
      (one, other) =>
        (person.value
          ? 0
          : Number(one.programme.isRehearsal) - Number(other.programme.isRehearsal)) ||
        Number(hasEnded(one.programme)) - Number(hasEnded(other.programme)) ||
        Number(one.programme.isRehearsal) - Number(other.programme.isRehearsal),
    );

/** All programmes: the visits that come next, then each with its groups and its sides. */
export function Programme() {
  const { response, refetch } = useQuery(boardQuery, {});
  const programmes = response?.data?.programmes;
  return (
    <>
      <h1>{t('frame.programme')}</h1>
      <p class="lead">{t('programme.lead')}</p>
      <Outcome />
      <div class="doings-row">
        <PlanningLinks forms={[['createProgramme', 'plan.createProgramme']]} />
        <p>
          <a href="/programme/statistics">{t('programme.toStatistics')}</a>
        </p>
      </div>
      <PageNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {response && !programmes && (
        <NoPart errors={response.errors} path={['programmes']} owner="nbnp" />
      )}
      {programmes && (
        <>
          <h2>{t('programme.upcoming')}</h2>
          {!person.value && (
            <p>
              {t('programme.upcomingSignIn')} <SignInButton />
            </p>
          )}
          <UpcomingVisits programmes={programmes} />
          {inOrder(programmes).map(({ programme, index, isShort }) => (
            <section key={programme.id}>
              <h2>
                <a href={programmeHref(programme.id)}>{programme.title}</a>
                <Rehearsal of={programme} />
              </h2>
              <Plan programme={programme} isShort={isShort} />
              <Parts
                programme={programme}
                regions={response.data?.regions ?? []}
                errors={response.errors}
                path={['programmes', index]}
                isShort={isShort}
              />
            </section>
          ))}
        </>
      )}
    </>
  );
}

type Event = NonNullable<PageOneProgrammeQuery['programme']>['events'][number];

/** What took place in a programme, by the sources, the first first. */
function Events({ events }: { events: readonly Event[] }) {
  if (events.length === 0) return null;
  const order = ({ startsOn }: Event) => startsOn ?? '9';
  return (
    <>
      <h2>{t('statistics.activities')}</h2>
      <ul class="known">
        {events
          .toSorted((one, other) => order(one).localeCompare(order(other)))
          .map((event) => (
            <li key={event.id}>
              <a href={eventHref(event.id)}>{event.title}</a>
              <Rehearsal of={event} />{' '}
              {event.startsOn && (
                <span class="soft">{formatEventDays(event.startsOn, event.endsOn)}</span>
              )}
            </li>
          ))}
      </ul>
    </>
  );
}

/** One programme, at an address of its own: `/programme/p?id=…`. */
export function OneProgramme() {
  const { query } = useLocation();
  const { response, refetch } = useQuery(programmeQuery, { id: query['id'] ?? '' });
  const programme = response?.data?.programme;
  const errors = response?.errors ?? [];
  const why = whyNull(errors, ['programme'], 'nbnp');
  useTitle(programme?.title);
  return (
    <>
      <p class="way-up">
        <a href="/programme">{t('programme.allGroups')}</a>
      </p>
      <h1>
        {programme?.title ?? t('programme.programme')}
        <Rehearsal of={programme} />
      </h1>
      <Outcome />
      <PageNote response={response} refetch={refetch} />
      {!response && <Loading />}
      {response && !programme && why === 'unknown' && <p>{t('programme.noSuchProgramme')}</p>}
      {response && !programme && why !== 'unknown' && (
        <NoPart errors={errors} path={['programme']} owner="nbnp" />
      )}
      {programme && (
        <>
          {programme.statements.map(({ id, text }) => (
            <p key={id} class="lead">
              {text}
            </p>
          ))}
          <Plan programme={programme} />
          {!isOver(programme) && (
            <>
              <h2>{t('programme.upcoming')}</h2>
              <UpcomingVisits programmes={[programme]} />
            </>
          )}
          <Events events={programme.events} />
          <h2>{t('start.groups')}</h2>
          <Parts
            programme={programme}
            regions={response.data?.regions ?? []}
            errors={errors}
            path={['programme']}
          />
        </>
      )}
    </>
  );
}
