import type { Resolvers } from './resolvers.js';
import type { Row, Rows } from './rows.js';
import { warningOf } from './warning-of.js';

/** Of five kinds for each person, those that no record says are received or needless. */
const countOpen = (people: readonly unknown[], records: readonly Row[], person: string): number =>
  [...new Set(people)].reduce<number>(
    (open, id) =>
      open +
      5 -
      records.filter(
        (row) => row[person] === id && ['RECEIVED', 'NOT_NEEDED'].includes(row.status as string),
      ).length,
    0,
  );

/** The open formalities of the accepted officers of a group. */
export function openOfOfficers(
  { network, police }: Pick<Rows, 'network' | 'police'>,
  { id: groupId }: Row,
): number {
  const accepted = (network.officer_nominations ?? []).filter(
    (row) =>
      row.group_id === groupId &&
      row.accepted_on !== null &&
      row.declined_on === null &&
      !row.reserve,
  );
  const named = accepted.filter(({ officer_id }) =>
    (police.officers ?? []).some((row) => row.id === officer_id && row.name),
  );
  return countOpen(
    named.map(({ officer_id }) => officer_id),
    (police.officer_formalities ?? []).filter((row) => row.group_id === groupId),
    'officer_id',
  );
}

/** The open formalities of the selected delegates of a group. */
export function openOfDelegates({ offices }: Pick<Rows, 'offices'>, { id: groupId }: Row): number {
  const selected = (offices.delegate_nominations ?? []).filter(
    (row) => row.group_id === groupId && row.status === 'SELECTED' && !row.reserve,
  );
  const named = selected.filter(({ delegate_id }) =>
    (offices.delegates ?? []).some((row) => row.id === delegate_id && row.name),
  );
  return countOpen(
    named.map(({ delegate_id }) => delegate_id),
    (offices.delegate_formalities ?? []).filter((row) => row.group_id === groupId),
    'delegate_id',
  );
}

/** The members of a group whose visa is refused, and of whom no absence is recorded. */
export function refusedVisas({ network, police, offices }: Rows, { id: groupId }: Row): string[] {
  const isOfGroup = ({ group_id }: Row) => group_id === groupId;
  const absent = (network.absences ?? []).filter(isOfGroup).map((row) => row.participant_id);
  const members = [
    ...(network.officer_nominations ?? [])
      .filter((row) => isOfGroup(row) && row.accepted_on !== null && row.declined_on === null)
      .map((row): Row => ({ ...row, person: row.officer_id })),
    ...(offices.delegate_nominations ?? [])
      .filter((row) => isOfGroup(row) && row.status === 'SELECTED')
      .map((row): Row => ({ ...row, person: row.delegate_id })),
  ].flatMap(({ person, reserve }) => (reserve ? [] : [person as unknown]));
  const named = [...(police.officers ?? []), ...(offices.delegates ?? [])].filter(
    ({ name }) => name !== null,
  );
  return [...(police.officer_formalities ?? []), ...(offices.delegate_formalities ?? [])]
    .filter((row) => isOfGroup(row) && row.kind === 'VISA' && row.status === 'REFUSED')
    .map((row) => (row.officer_id ?? row.delegate_id) as string)
    .filter(
      (person) =>
        members.includes(person) &&
        !absent.includes(person) &&
        named.some(({ id }) => id === person),
    );
}

const isDelegate = (person: string): boolean => person.startsWith('ncm:');

export const formalityResolvers = (rows: Rows, away: readonly string[]): Resolvers => ({
  'Group.delegateVisasRefused': (group) => refusedVisas(rows, group).filter(isDelegate).length,
  'Group.officerVisasRefused': (group, _args, note) => {
    note.missing(...away);
    const officers = refusedVisas(rows, group).filter((person) => !isDelegate(person));
    return away.length > 0 ? null : officers.length;
  },
  'OfficerNomination.hasFormalities': ({ officer_id, group_id }) =>
    (rows.police.officer_formalities ?? []).some(
      (row) => row.officer_id === officer_id && row.group_id === group_id,
    ),
  'Group.formalitiesOpen': (group, _args, note) => {
    note.missing(...away);
    const delegates = openOfDelegates(rows, group);
    if (away.length === 0) return delegates + openOfOfficers(rows, group);
    return group.direction === 'NORTH_WEST_RUSSIA_TO_NORDIC' ? delegates : null;
  },
});

/** Of a group that has not departed. */
export function formalityWarnings(rows: Rows, group: Row, departsOn: unknown): Row[] {
  const open = openOfDelegates(rows, group) + openOfOfficers(rows, group);
  if (open === 0) return [];
  const isOfOfficers = group.direction !== 'NORTH_WEST_RUSSIA_TO_NORDIC';
  return [
    warningOf(
      'FORMALITIES_OPEN',
      `The group has not departed, and ${open} formalities of its members are open.`,
      {
        subject: group.id,
        owner: isOfOfficers ? null : 'ncm',
        due_on: departsOn,
        count: open,
      },
    ),
  ];
}

/** Of somebody with a name: whether one of five kinds is neither received nor needless, and whether there is no report. */
export function outstandingOf(
  tables: Rows['police'],
  person: 'officer' | 'delegate',
  id: unknown,
  group: unknown,
): string[] {
  const own = (table: string) =>
    (tables[table] ?? []).filter((row) => row[`${person}_id`] === id && row.group_id === group);
  if (!tables[`${person}s`]?.some((row) => row.id === id && row.name)) return [];
  const settled = own(`${person}_formalities`).filter(({ status }) =>
    ['RECEIVED', 'NOT_NEEDED'].includes(status as string),
  );
  return [
    ...(settled.length < 5 ? ['FORMALITIES'] : []),
    ...(own('participant_reports').length === 0 ? ['REPORT'] : []),
  ];
}
