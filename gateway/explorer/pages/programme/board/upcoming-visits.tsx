import { useQuery } from '../../../client/use-query.ts';
import { ownerOf, whyNull, type WhyNull } from '../../../client/why-null.ts';
import { Countries } from '../../../parts/facts.tsx';
import { visitHref } from '../../../parts/links.ts';
import { Loading } from '../../../parts/loading.tsx';
import { NoValue } from '../../../parts/no-value.tsx';
import { Rehearsal } from '../../../parts/rehearsal.tsx';
import { isPast } from '../../../parts/today.ts';
import { countryOfReader, isStaff, person } from '../../../session/session.ts';
import { t } from '../../../words/language.ts';
import { formatDays } from '../../../words/names.ts';
import { StopStates } from '../badge.tsx';
import {
  planQuery,
  sendersQuery,
  type BoardGroup,
  type BoardProgramme,
  type BoardVisit,
} from './board-query.ts';

interface Upcoming {
  readonly visit: BoardVisit;
  readonly group: BoardGroup;
}

/** Visits that are neither back nor cancelled, the first to begin first. */
function findUpcoming(programmes: readonly BoardProgramme[]): readonly Upcoming[] {
  return programmes
    .flatMap(({ groups }) => groups ?? [])
    .filter(({ state }) => state !== 'CANCELLED')
    .flatMap((group) => (group.visits ?? []).map((visit) => ({ visit, group })))
    .filter(({ visit }) => visit.returnedOn === null && visit.cancelledOn === null)
    .toSorted((one, other) =>
      (one.visit.startsOn ?? '9') < (other.visit.startsOn ?? '9') ? -1 : 1,
    );
}

/** True if the visit should have begun, and nobody has recorded that it has. */
const isLate = ({ departedOn, startsOn }: BoardVisit): boolean => !departedOn && isPast(startsOn);

function stageOf(visit: BoardVisit, next: BoardVisit | undefined): string {
  if (visit.departedOn)
    return t(isPast(visit.endsOn) ? 'programme.awaitsReturn' : 'programme.underWay');
  if (isLate(visit)) return t('programme.departureUnknown');
  return t(visit === next ? 'programme.next' : 'programme.toCome');
}

/** Whether the reader runs or hosts a visit. */
function runs({ visit, group }: Upcoming): boolean {
  const { organisation = '' } = person.value ?? {};
  if (organisation === 'nbnp') return true;
  if (organisation === 'ncm' && group.coordinatingOffice) return true;
  return visit.hostCountries?.includes(countryOfReader() ?? 'RU') ?? false;
}

const NoPlan = ({ why }: { why: WhyNull }) => (
  <span>
    {t('programme.itinerary')}: <NoValue why={why} />
  </span>
);

function Readiness({ visit }: { visit: string }) {
  const { response } = useQuery(planQuery, { visit });
  if (!response) return <Loading />;
  const stops = response.data?.visit?.stops;
  if (!stops) return <NoPlan why={whyNull(response.errors, ['visit', 'stops'], 'nbnp')} />;
  return <StopStates stops={stops} />;
}

/** Of others, those who send somebody read the plan. The rest do not ask: each refusal is recorded. */
function ReadinessForSenders({ visit, group }: Upcoming) {
  const { response } = useQuery(sendersQuery, { group: group.id });
  const isSender = response?.data?.group?.members?.some(
    (member) => member && ownerOf(member.id) === person.value?.organisation,
  );
  if (!response) return <Loading />;
  return isSender ? <Readiness visit={visit.id} /> : <NoPlan why="withheld" />;
}

/** How far the plan is, for those who may read it. */
function Plan({ visit, group }: Upcoming) {
  if (!isStaff()) return <NoPlan why="withheld" />;
  if (runs({ visit, group })) return <Readiness visit={visit.id} />;
  return <ReadinessForSenders visit={visit} group={group} />;
}

/** The visits that come next, and whether their stops are confirmed. */
export function UpcomingVisits({ programmes }: { programmes: readonly BoardProgramme[] }) {
  const upcoming = findUpcoming(programmes);
  if (upcoming.length === 0) return <p>{t('programme.noUpcoming')}</p>;
  const next = upcoming.find(({ visit }) => !visit.departedOn && !isLate(visit))?.visit;
  return (
    <ul class="visit-cards">
      {upcoming.map(({ visit, group }) => (
        <li key={visit.id}>
          <a href={visitHref(visit.id)}>{visit.title}</a>
          <Rehearsal of={visit} />
          <span>
            {formatDays(visit.startsOn, visit.endsOn)} · <strong>{stageOf(visit, next)}</strong>
          </span>
          <span>
            <Countries codes={visit.hostCountries ?? []} /> · {group.name}
          </span>
          <Plan visit={visit} group={group} />
        </li>
      ))}
    </ul>
  );
}
