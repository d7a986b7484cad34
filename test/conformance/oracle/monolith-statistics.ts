import { isRehearsed, isTaken } from './monolith-rehearsals.js';
import { polices, referTo, type Resolvers } from './resolvers.js';
import type { Row, Rows } from './rows.js';

const targetGroups = ['BORDER_CONTROL', 'COURT', 'CUSTOMS', 'POLICE', 'PROSECUTION'];
const languages = ['da', 'en', 'et', 'fi', 'is', 'lt', 'lv', 'nb', 'ru', 'sv'];
const sectors =
  'BORDER_CONTROL COURT CUSTOMS EDUCATION GOVERNMENT HEALTH NGO OTHER POLICE PROSECUTION SOCIAL';

/** A reader who may see the people gets every count as it is. */
const count = (value: number) => ({ value, atLeast: value, atMost: value });

/** How many rows there are, or how many different values they have in a column. */
const tally = (rows: readonly Row[], column?: string) =>
  count(column === undefined ? rows.length : new Set(rows.map((row) => row[column])).size);

/** What is dated in the future has not happened yet. */
const days = ({ departed_on: from, returned_on: to }: Row): number | null => {
  const today = new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);
  if (from === null || from > today) return 0;
  const isOver = to !== null && to <= today;
  return isOver ? (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1 : null;
};

const sum = (values: readonly (number | null)[]): number | null =>
  values.reduce((total, value) => (total === null || value === null ? null : total + value), 0);

export function statisticsResolvers(rows: Rows, away: readonly string[]): Resolvers {
  const { police, network, offices } = rows;
  const isIn = (groups: readonly string[] | null | undefined, row: Row) =>
    groups == null || groups.includes(row.group_id);
  const visitsOf = (groupId: string) =>
    (network.visits ?? []).filter((row) => row.group_id === groupId);
  const hasSetOut = ({ group_id }: Row) =>
    visitsOf(group_id).some((row) => row.departed_on !== null);
  const accepted = (network.officer_nominations ?? []).filter(
    (row) => row.accepted_on !== null && row.declined_on === null && row.reserve !== true,
  );
  const selected = (offices.delegate_nominations ?? []).filter(
    (row) => row.status === 'SELECTED' && row.reserve !== true,
  );
  const membersOf = (groupId: string) =>
    [...accepted, ...selected].filter((row) => row.group_id === groupId).length;
  const isMember = ({ participant_id: id, group_id }: Row): boolean =>
    [...accepted, ...selected].some(
      (row) => row.group_id === group_id && (row.officer_id ?? row.delegate_id) === id,
    );
  const absencesOf = (groupId: string) =>
    (network.absences ?? []).filter((row) => row.group_id === groupId).filter(isMember);
  const missedDays = ({ id }: Row): number =>
    absencesOf(id)
      .map(({ visit_id, from_on }) => {
        const visit = visitsOf(id).find((row) => row.id === visit_id) ?? {};
        const from = from_on > visit.departed_on ? from_on : visit.departed_on;
        return Math.max(0, days({ ...visit, departed_on: from }) ?? 0);
      })
      .reduce((total, missed) => total + missed, 0);
  const staysHome = (row: Row): boolean => {
    const visits = visitsOf(row.group_id).filter(({ cancelled_on }) => cancelled_on === null);
    const own = absencesOf(row.group_id).filter(
      ({ participant_id }) => participant_id === (row.officer_id ?? row.delegate_id),
    );
    const misses = (visit: Row) =>
      own.some(
        ({ visit_id, from_on }) =>
          visit_id === visit.id && from_on <= (visit.departed_on ?? visit.starts_on),
      );
    return visits.length > 0 && visits.every(misses);
  };
  /** The members of a group who were away on the day of each of its stops. */
  const missedAll = (groupId: string, stops: readonly Row[]): number => {
    const own = visitsOf(groupId).map(({ id }) => id as string);
    const shown = stops.filter(({ visit_id }) => own.includes(visit_id));
    const absent = absencesOf(groupId);
    const away = ({ participant_id: id }: Row) =>
      shown.every(({ visit_id, day }) =>
        absent.some(
          (row) => row.participant_id === id && row.visit_id === visit_id && row.from_on <= day,
        ),
      );
    return new Set(absent.filter(away).map((row) => row.participant_id)).size;
  };
  const daysOf = ({ id }: Row) => sum(visitsOf(id).map(days));

  const table = (owner: string, people: readonly Row[], country: string, tables: Row) =>
    targetGroups.map((targetGroup) => {
      const ids = people.filter((row) => row.target_group === targetGroup).map(({ id }) => id);
      const of = (rows: readonly Row[]) =>
        rows.filter((row) => ids.includes(row.officer_id ?? row.delegate_id));
      const [nominated, members, reports] = [tables.nominated, tables.members, tables.reports].map(
        of,
      );
      const person = owner === 'ncm' ? 'delegate_id' : 'officer_id';
      return {
        id: `${owner}:${targetGroup}`,
        country,
        targetGroup,
        nominated: tally(nominated ?? [], person),
        members: tally(members ?? [], person),
        reportsReceived: count(
          new Set((reports ?? []).map((row) => `${row.group_id} ${row[person]}`)).size,
        ),
        reportsExpected: tally((members ?? []).filter((row) => hasSetOut(row) && !staysHome(row))),
      };
    });

  return {
    'Query.officerStatistics': (_, { filter }, note) => {
      const { country, groups, rehearsals } = (filter ?? {}) as Row;
      const asked = polices.filter((code) => country == null || code.toUpperCase() === country);
      note.missing(...asked.filter((code) => away.includes(code)));
      return asked
        .filter((code) => !away.includes(code))
        .flatMap((code) =>
          table(
            code,
            (police.officers ?? []).filter(
              (row) => row.partner === code && isTaken(row, rehearsals),
            ),
            code.toUpperCase(),
            {
              nominated: (police.officer_nominations ?? []).filter(
                (row) => row.withdrawn_on === null && isIn(groups, row),
              ),
              members: accepted.filter((row) => isIn(groups, row)),
              reports: (police.participant_reports ?? []).filter((row) => isIn(groups, row)),
            },
          ),
        );
    },
    'Query.delegateStatistics': (_, { filter }) => {
      const { office, region, groups, rehearsals } = (filter ?? {}) as Row;
      const people = (offices.delegates ?? []).filter(
        (row) =>
          isTaken(row, rehearsals) &&
          (office == null || row.office_id === office) &&
          (region == null || row.region_code === region),
      );
      return table('ncm', people, 'RU', {
        nominated: (offices.delegate_nominations ?? []).filter(
          (row) => ['PENDING', 'SELECTED'].includes(row.status) && isIn(groups, row),
        ),
        members: selected.filter((row) => isIn(groups, row)),
        reports: (offices.participant_reports ?? []).filter((row) => isIn(groups, row)),
      });
    },
    'Query.expertStatistics': (_, { filter }, note) => {
      const { country, role, field, rehearsals } = (filter ?? {}) as Row;
      const asked = polices.filter((code) => country == null || code.toUpperCase() === country);
      note.missing(...asked.filter((code) => away.includes(code)));
      const has = (name: string, column: string, expert: unknown, value: unknown) =>
        value == null ||
        (police[name] ?? []).some((row) => row.expert_id === expert && row[column] === value);
      const taken = (police.experts ?? []).filter((row) => isTaken(row, rehearsals));
      const spoken = (police.expert_languages ?? []).filter(
        ({ expert_id }) =>
          taken.some(({ id }) => id === expert_id) &&
          has('expert_roles', 'role', expert_id, role) &&
          has('expert_fields', 'field', expert_id, field),
      );
      return asked
        .filter((code) => !away.includes(code))
        .flatMap((code) => {
          const here = spoken.filter(({ partner }) => partner === code);
          const all = new Set([...languages, ...here.map((row) => row.language as string)]);
          return [...all].sort().map((language) => ({
            id: `${code}:${language}`,
            country: code.toUpperCase(),
            language,
            experts: tally(here.filter((row) => row.language === language)),
          }));
        });
    },
    'Query.sectorStatistics': (_, { filter }) => {
      const { programme, groups, rehearsals } = (filter ?? {}) as Row;
      const planned = network.programmes?.find((row) => row.id === programme);
      if (planned && !planned.has_documented_groups) return null;
      const today = new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);
      const ended = (network.visits ?? []).filter((row) => {
        const group = network.groups?.find(({ id }) => id === row.group_id);
        return (
          row.departed_on !== null &&
          row.returned_on !== null &&
          row.returned_on <= today &&
          isIn(groups, row) &&
          (rehearsals === true || !isRehearsed(rows, group?.programme_id)) &&
          (programme == null || group?.programme_id === programme)
        );
      });
      return sectors.split(' ').map((sector) => {
        const stops = (network.itinerary_stops ?? []).filter(
          (row) =>
            row.sector === sector &&
            row.status === 'HELD' &&
            ended.some(({ id }) => id === row.visit_id),
        );
        const visits = ended.filter(({ id }) => stops.some((row) => row.visit_id === id));
        const groupIds = [...new Set(visits.map((row) => row.group_id as string))];
        return {
          id: `nbnp:${sector}`,
          sector,
          stops: stops.length,
          visits: visits.length,
          groups: groupIds.length,
          members: count(
            groupIds.reduce((total, id) => total + membersOf(id) - missedAll(id, stops), 0),
          ),
        };
      });
    },
    'Group.acceptedOfficers': ({ id }) =>
      accepted
        .filter((row) => row.group_id === id)
        .map((row) => row.officer_id as string)
        .sort()
        .map((officer) => referTo('Officer', police.officers, officer, away)),
    'Group.daysTravelled': daysOf,
    'Group.memberDays': (group) => {
      const travelled = daysOf(group);
      return travelled === null ? null : travelled * membersOf(group.id) - missedDays(group);
    },
    'Visit.daysTravelled': days,
  };
}
