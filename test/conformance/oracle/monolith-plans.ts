import { sortBy } from './lists.js';
import { refusedVisas } from './open-formalities.js';
import { ownerOf } from './resolvers.js';
import type { Row, Rows } from './rows.js';
import { warningOf } from './warning-of.js';

const dayMs = 86_400_000;
const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);

/** Whether a visit that nobody has set out on is not over, and begins in at most so many days. */
export function isNear({ starts_on, ends_on, departed_on, cancelled_on }: Row, days = 30): boolean {
  if (!starts_on || departed_on !== null || cancelled_on !== null) return false;
  const today = Date.parse(new Date().toISOString().slice(0, 10));
  return (
    Date.parse(starts_on as string) - days * dayMs <= today &&
    (!ends_on || today <= Date.parse(ends_on as string))
  );
}

/** What a group has more or less of than its programme plans. */
export function groupPlanWarnings(
  { network }: Rows,
  group: Row,
  standing: readonly Row[],
  members: number,
): Row[] {
  const subject = group.id;
  const isNorth = group.direction === 'NORTH_WEST_RUSSIA_TO_NORDIC';
  const planned = (network.planned_journeys ?? []).filter(
    (row) => row.programme_id === group.programme_id && row.direction === group.direction,
  );
  const expected = sum(planned.map(({ weeks }) => 7 * weeks));
  const days = standing.filter(({ starts_on, ends_on }) => starts_on && ends_on);
  const count = sum(
    days.map((row) => 1 + (Date.parse(row.ends_on) - Date.parse(row.starts_on)) / dayMs),
  );
  const next = standing.find(({ departed_on }) => departed_on === null);
  const size = group.planned_size as number;
  const found: Row[] = [];
  if (members > size)
    found.push(
      warningOf(
        'MORE_MEMBERS_THAN_PLANNED',
        `The group has ${members} members; ${size} are planned.`,
        { subject, owner: 'nbnp', count: members, expected: size },
      ),
    );
  if (planned.length > 0 && count > expected)
    found.push(
      warningOf(
        'LONGER_THAN_PLANNED',
        `The visits last ${count} days; the programme plans ${expected} for the groups of this direction.`,
        { subject, owner: 'nbnp', count, expected },
      ),
    );
  if (next && isNear(next) && members === 0)
    found.push(
      warningOf(
        'NO_MEMBER',
        'A visit begins within 30 days or has begun, and the group has no member.',
        { subject, owner: isNorth ? 'ncm' : 'nbnp', due_on: next.starts_on },
      ),
    );
  return found;
}

/** Both hours of a stop; none if it has words. */
const hoursOf = ({ from, to }: Row): readonly [string, string] | null => {
  const [first, last] = [from, to].map((time) => /^\d\d:\d\d$/.exec(time ?? '')?.[0]);
  return first ? [first, last ?? first] : null;
};

function clash(rows: Rows, one: Row, other: Row): boolean {
  const [first, second] = [hoursOf(one), hoursOf(other)];
  if (one.day !== other.day || !first || !second) return false;
  const isAtOnce = first[0] === second[0] || (first[0] < second[1] && second[0] < first[1]);
  const sites = [...(rows.police.national_sites ?? []), ...(rows.offices.regional_sites ?? [])];
  const [here, there] = [one, other].map(
    ({ site_id }) => sites.find(({ id }) => id === site_id)?.city as string | null | undefined,
  );
  return (
    isAtOnce &&
    (one.host_country !== other.host_country || Boolean(here && there && here !== there))
  );
}

/** What the plan of a visit lacks, and who got no visa for it. */
export function visitPlanWarnings(rows: Rows, group: Row, visit: Row): Row[] {
  if (visit.cancelled_on !== null) return [];
  const { id: subject, title, starts_on: due_on } = visit;
  const ofVisit = (table: string) =>
    (rows.network[table] ?? []).filter(({ visit_id }) => visit_id === subject);
  const planned = ofVisit('itinerary_stops').filter(({ status }) =>
    ['PLANNED', 'HELD'].includes(status as string),
  );
  const stops = sortBy(planned, 'day', 'from', 'id') as Row[];
  const later = stops.filter((stop, index) =>
    stops.slice(0, index).some((other) => clash(rows, stop, other)),
  );
  const isMember = ({ participant_id: person }: Row) =>
    ownerOf(person as string) === 'ncm'
      ? (rows.offices.delegate_nominations ?? []).some(
          (row) =>
            row.group_id === group.id &&
            row.delegate_id === person &&
            row.status === 'SELECTED' &&
            !row.reserve,
        )
      : (rows.network.officer_nominations ?? []).some(
          (row) =>
            row.group_id === group.id &&
            row.officer_id === person &&
            row.accepted_on !== null &&
            row.declined_on === null &&
            !row.reserve,
        );
  const absent = ofVisit('absences').filter(isMember);
  const isFirst = !(rows.network.visits ?? []).some(
    (other) =>
      other.group_id === group.id &&
      other.departed_on === null &&
      other.cancelled_on === null &&
      other.starts_on < visit.starts_on,
  );
  const refused = isFirst ? refusedVisas(rows, group) : [];
  const count = absent.filter(({ reason }) => reason === 'VISA_REFUSED').length + refused.length;
  const owner = group.direction === 'NORTH_WEST_RUSSIA_TO_NORDIC' ? 'ncm' : 'nbnp';
  return [
    ...(visit.returned_on === null && stops.length === 0 && isNear(visit)
      ? [
          warningOf(
            'NO_STOP',
            `The visit “${title}” begins within 30 days or has begun, and has no stop.`,
            { subject, owner: 'nbnp', due_on },
          ),
        ]
      : []),
    ...(visit.returned_on === null ? later : []).map((stop) =>
      warningOf(
        'STOPS_AT_ONE_HOUR',
        `The visit “${title}” has two stops at one hour in two places.`,
        { subject: stop.id, owner: 'nbnp', due_on: stop.day },
      ),
    ),
    ...(visit.departed_on === null && count > 0
      ? [
          warningOf(
            'VISA_REFUSED',
            `Members who miss the visit “${title}” because they got no visa: ${count}.`,
            { subject, owner, due_on, count },
          ),
        ]
      : []),
  ];
}

/** That an owner has not decided, shortly before a visit. */
export const overdueWarnings = (visit: Row, subject: unknown, owner: string): Row[] =>
  isNear(visit, 14)
    ? [
        warningOf(
          'DECISION_OVERDUE',
          `The visit “${visit.title}” begins within 14 days or has begun, and ${owner.toUpperCase()} has not decided.`,
          { subject, owner, due_on: visit.starts_on },
        ),
      ]
    : [];
