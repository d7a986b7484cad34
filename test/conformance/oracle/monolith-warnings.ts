import { closingOf, sortBy } from './lists.js';
import { hostingWarnings } from './monolith-consents.js';
import { loanWarnings } from './monolith-loans.js';
import { meetingOf, missedOf } from './monolith-meetings.js';
import { groupPlanWarnings, visitPlanWarnings } from './monolith-plans.js';
import { formalityWarnings } from './open-formalities.js';
import type { Resolvers } from './resolvers.js';
import type { Row, Rows } from './rows.js';
import { warningOf } from './warning-of.js';

/** The network asks those who are away by another hub. A group of the demonstration gives no cause but these. */
export const warningResolvers = (rows: Rows): Resolvers => ({
  'Group.warnings': (group) => warningsOf(rows, group),
});

function warningsOf(rows: Rows, group: Row): Row[] {
  if (group.cancelled_on !== null) return [];
  const { programmes = [], visits: allVisits = [] } = rows.network;
  const programme = programmes.find(({ id }) => id === group.programme_id) ?? {};
  const { group_size_min: least, group_size_max: most } = programme;
  const size = group.planned_size as number;
  const visits = sortBy(
    allVisits.filter(({ group_id }) => group_id === group.id),
    'starts_on',
    'id',
  );
  const standing = visits.filter(({ cancelled_on }) => cancelled_on === null);
  const hasDeparted = visits.some(({ departed_on }) => departed_on !== null);
  const hasReturned = standing.length > 0 && standing.every((visit) => visit.returned_on !== null);
  const isOfOfficers = group.direction !== 'NORTH_WEST_RUSSIA_TO_NORDIC';
  const officers = countOfficers(rows, group);
  const subject = group.id;
  const departsOn = standing.find((visit) => visit.departed_on === null)?.starts_on ?? null;
  const today = Date.now();
  const overdue = standing.find(
    ({ departed_on, returned_on, ends_on }) =>
      departed_on !== null &&
      returned_on === null &&
      Date.parse(ends_on as string) + 31 * 86_400_000 <= today,
  );
  const latest = Date.parse((overdue?.ends_on ?? '2000') as string) + 30 * 86_400_000;
  return [
    ...(size < least
      ? [
          warningOf(
            'PLANNED_TOO_FEW',
            `The planned size is ${size}; the programme’s groups have at least ${least} members.`,
            { subject, owner: 'nbnp', count: size, expected: least },
          ),
        ]
      : []),
    ...(size > most
      ? [
          warningOf(
            'PLANNED_TOO_MANY',
            `The planned size is ${size}; the programme’s groups have at most ${most} members.`,
            { subject, owner: 'nbnp', count: size, expected: most },
          ),
        ]
      : []),
    ...groupPlanWarnings(rows, group, standing, countDelegates(rows, group) + officers),
    ...(isOfOfficers && hasDeparted && officers < least
      ? [
          warningOf(
            'DEPARTED_TOO_FEW',
            `The group departed with ${officers} members; the programme’s groups have at least ${least}.`,
            { subject, count: officers, expected: least },
          ),
        ]
      : []),
    ...(hasDeparted ? [] : formalityWarnings(rows, group, departsOn)),
    ...(hasDeparted ? [] : briefingWarnings(rows, group, departsOn)),
    ...(overdue
      ? [
          warningOf(
            'RETURN_OVERDUE',
            'Nobody has recorded a return from a visit whose planned end was more than 30 days ago.',
            {
              subject: overdue.id,
              owner: 'nbnp',
              due_on: new Date(latest).toISOString().slice(0, 10),
            },
          ),
        ]
      : []),
    ...(isOfOfficers && hasReturned && !meetingOf(rows, group, 'DEBRIEFING')
      ? [
          warningOf(
            'DEBRIEFING_MISSING',
            'The group has returned and has not met for its debriefing.',
            { subject, owner: 'nbnp', due_on: closingOf(programme) },
          ),
        ]
      : []),
    ...visits.flatMap((visit) => visitPlanWarnings(rows, group, visit)),
    ...visits.flatMap((visit) => loanWarnings(visit, rows)),
    ...visits.flatMap((visit) => hostingWarnings(visit, rows)),
  ];
}

const countOfficers = ({ network }: Rows, { id }: Row): number =>
  (network.officer_nominations ?? []).filter(
    (row) =>
      row.group_id === id && row.accepted_on !== null && row.declined_on === null && !row.reserve,
  ).length;

const countDelegates = ({ offices }: Rows, { id }: Row): number =>
  (offices.delegate_nominations ?? []).filter(
    (row) => row.group_id === id && row.status === 'SELECTED' && !row.reserve,
  ).length;

/** Of a group that has not departed. */
function briefingWarnings(rows: Rows, group: Row, departsOn: unknown): Row[] {
  const briefing = meetingOf(rows, group, 'BRIEFING');
  const missed = briefing ? (missedOf(rows, briefing) ?? 0) : 0;
  if (missed === 0) return [];
  const members = countDelegates(rows, group) + countOfficers(rows, group);
  const isOfOfficers = group.direction !== 'NORTH_WEST_RUSSIA_TO_NORDIC';
  return [
    warningOf(
      'BRIEFING_MISSED',
      `The group has not departed, and ${missed} of ${members} members missed the briefing.`,
      {
        subject: group.id,
        owner: isOfOfficers ? 'nbnp' : 'ncm',
        due_on: departsOn,
        count: missed,
        expected: members,
      },
    ),
  ];
}
