import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const count = '{ value atLeast atMost }';
const columns = `nominated ${count} members ${count} reportsReceived ${count} reportsExpected ${count}`;
const withRehearsals = '(filter: { rehearsals: true })';
const dashboardOf = (filter: string) => `{
  officerStatistics${filter} { id country targetGroup ${columns} }
  delegateStatistics${filter} { id country targetGroup ${columns} }
  expertStatistics${filter} { id country language experts ${count} }
  sectorStatistics${filter} { id sector stops visits groups members ${count} }
  groups { nodes { id daysTravelled memberDays memberCount reportsReceived } }
}`;
const dashboard = dashboardOf(withRehearsals);

/** What the statistics are counted from, asked for row by row. */
const rows = `{
  officers(first: 1000, filter: { rehearsals: true }) { nodes { id country targetGroup nominations { groupId withdrawnOn } } }
  experts(first: 1000, filter: { rehearsals: true }) { nodes { country languages } }
  delegates(first: 1000, filter: { rehearsals: true }) { nodes { id country targetGroup nominations { group { id } status } } }
  groups { nodes { id memberCount members { id report { group } }
    visits { id startsOn endsOn departedOn returnedOn stops { sector day status } }
    absences { visit { id } from } } }
}`;

const analyst: Asker = { organisation: 'dk', role: 'analyst' };
const coordinator: Asker = { organisation: 'nbnp', role: 'coordinator' };
const auditor: Asker = { organisation: 'se', role: 'auditor' };

const polices = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'];
const targetGroups = ['BORDER_CONTROL', 'COURT', 'CUSTOMS', 'POLICE', 'PROSECUTION'];

const columnNames = ['nominated', 'members', 'reportsReceived', 'reportsExpected'];

const ownerOf = (id: string): string => id.slice(0, id.indexOf(':'));

const tally = (keys: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
};

/** The values of a column by the ids of its rows, without those that are 0. */
const valuesOf = (statistics: readonly Tree[], column: string): Record<string, number> =>
  Object.fromEntries(
    statistics.map((row) => [row.id, row[column].value]).filter(([, value]) => value !== 0),
  );

/** Every count of people in an answer, by the path to it. */
function countsIn(tree: Tree, path = ''): [path: string, count: Tree][] {
  if (typeof tree !== 'object' || tree === null) return [];
  if ('atLeast' in tree) return [[path, tree]];
  return Object.entries(tree as object).flatMap(([key, value]) =>
    countsIn(value, `${path}.${key}`),
  );
}

describe('statistics', () => {
  let network: OpenNetwork;
  let whole: Answer;
  let groups: readonly Tree[];
  let people: readonly Tree[];

  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
    whole = await network.ask(dashboard, {}, coordinator);
    const { data } = await network.ask(rows, {}, coordinator);
    groups = data.groups.nodes;
    people = [
      ...data.officers.nodes.map((officer: Tree) => ({
        ...officer,
        isNominated: officer.nominations.some(({ withdrawnOn }: Tree) => withdrawnOn === null),
      })),
      ...data.delegates.nodes.map((delegate: Tree) => ({
        ...delegate,
        isNominated: delegate.nominations.some(({ status }: Tree) =>
          ['PENDING', 'SELECTED'].includes(status),
        ),
      })),
    ];
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const statisticsOf = ({ data }: Answer): Tree[] => [
    ...data.officerStatistics,
    ...data.delegateStatistics,
  ];
  const rowOf = (id: string) => {
    const person = people.find((one) => one.id === id);
    return `${ownerOf(id)}:${person?.targetGroup}`;
  };
  const today = new Date().toISOString().slice(0, 10);
  const hasSetOut = ({ visits }: Tree) => visits.some((visit: Tree) => visit.departedOn !== null);
  const endedVisits = () =>
    groups.flatMap((group) =>
      (group.visits as Tree[])
        .filter(({ departedOn, endsOn }) => departedOn !== null && endsOn < today)
        .map((visit) => ({ ...visit, group })),
    );

  it('are asked in one operation, and everybody answers', () => {
    expect(whole.errors).toBeUndefined();
    expect(whole.extensions.completeness?.complete).toBe(true);
    expect(Object.keys(whole.extensions.completeness?.partners ?? {})).toEqual(
      [...network.codes].sort(),
    );
  });

  it('have a row for each target group of each country, in the order of their ids', () => {
    expect(whole.data.officerStatistics.map(({ id }: Tree) => id)).toEqual(
      polices.flatMap((code) => targetGroups.map((targetGroup) => `${code}:${targetGroup}`)),
    );
    expect(whole.data.delegateStatistics.map(({ id, country }: Tree) => [id, country])).toEqual(
      targetGroups.map((targetGroup) => [`ncm:${targetGroup}`, 'RU']),
    );
  });

  it('count nominees, members and reports by target group and country as the lists of people do', () => {
    const statistics = statisticsOf(whole);
    const memberships = groups.flatMap((group) =>
      (group.members as Tree[]).map((member) => ({ group, ...member })),
    );
    const isNominated = people.filter((person) => person.isNominated).map(({ id }) => rowOf(id));
    expect(valuesOf(statistics, 'nominated')).toEqual(tally(isNominated));
    expect(valuesOf(statistics, 'members')).toEqual(
      tally([...new Set(memberships.map(({ id }) => id))].map(rowOf)),
    );
    const reports = memberships.filter(({ group, report }) => report?.group === group.id);
    expect(valuesOf(statistics, 'reportsReceived')).toEqual(
      tally(reports.map(({ id }) => rowOf(id))),
    );
    const due = memberships.filter(({ group }) => hasSetOut(group));
    expect(valuesOf(statistics, 'reportsExpected')).toEqual(tally(due.map(({ id }) => rowOf(id))));
    expect(due.length).toBeGreaterThan(reports.length);
  });

  it('add up to what the groups say', () => {
    const sum = (column: string) =>
      statisticsOf(whole).reduce((total, row) => total + row[column].value, 0);
    const ofGroups = (field: string) =>
      whole.data.groups.nodes.reduce((total: number, group: Tree) => total + group[field], 0);
    expect(sum('members')).toBe(ofGroups('memberCount'));
    expect(sum('reportsReceived')).toBe(ofGroups('reportsReceived'));
  });

  it('count experts by language and country', async () => {
    const { data } = await network.ask(rows, {}, coordinator);
    const spoken = data.experts.nodes.flatMap(({ country, languages }: Tree) =>
      languages.map((language: string) => `${country.toLowerCase()}:${language}`),
    );
    expect(valuesOf(whole.data.expertStatistics, 'experts')).toEqual(tally(spoken));
  });

  it('count what groups were shown by sector, on visits that have ended', () => {
    const visits = endedVisits();
    const held = (visit: Tree) => (visit.stops as Tree[]).filter(({ status }) => status === 'HELD');
    const stops = visits.flatMap((visit) => held(visit).map(({ sector }) => sector as string));
    for (const { sector, ...row } of whole.data.sectorStatistics as Tree[]) {
      const shown = visits.filter((visit) => held(visit).some((stop) => stop.sector === sector));
      const seen = [...new Set(shown.map(({ group }) => group))];
      expect.soft(row, sector).toMatchObject({
        stops: tally(stops)[sector] ?? 0,
        visits: shown.length,
        groups: seen.length,
        // In the demonstration no group has two visits that have ended.
        members: {
          value: shown.reduce((total, visit) => {
            const days = held(visit).flatMap((stop) => (stop.sector === sector ? stop.day : []));
            const saw = ({ from }: Tree) => days.some((day: string) => day < from);
            const { absences, memberCount } = visit.group as Tree;
            const own = (absences as Tree[]).filter((one) => one.visit.id === visit.id);
            return total + memberCount - own.filter((absence) => !saw(absence)).length;
          }, 0),
        },
      });
    }
    expect(stops.length).toBeGreaterThan(0);
  });

  it('tell the days that groups and their members travelled, and nothing yet of a group that is away', () => {
    const byId = new Map<string, Tree>(
      whole.data.groups.nodes.map((group: Tree) => [group.id, group]),
    );
    expect(byId.get('nbnp:demo-group-4')).toMatchObject({
      daysTravelled: 6,
      memberDays: 6 * 12 - 2,
    });
    expect(byId.get('nbnp:demo-group-3')).toMatchObject({ daysTravelled: 0, memberDays: 0 });
    const away = groups.filter(({ visits }) =>
      visits.some(({ departedOn, returnedOn }: Tree) => departedOn !== null && returnedOn === null),
    );
    expect(away.length).toBeGreaterThan(0);
    for (const { id } of away) {
      expect(byId.get(id)).toMatchObject({ daysTravelled: null, memberDays: null });
    }
  });

  it.each([undefined, analyst])('withhold counts below 5 from %o, as ranges', async (asker) => {
    const { data, errors } = await network.ask(dashboardOf(''), {}, asker);
    expect(errors).toBeUndefined();
    const exact = new Map(countsIn((await network.ask(dashboardOf(''), {}, coordinator)).data));
    const shown = countsIn(data);
    expect(shown.map(([path]) => path)).toEqual([...exact.keys()]);
    for (const [path, { value, atLeast, atMost }] of shown) {
      const truth = exact.get(path)?.value as number;
      if (truth < 5) expect.soft([value, atLeast, atMost], path).toEqual([null, 0, 4]);
      else expect.soft([truth, null], path).toContain(value);
      expect.soft(truth, path).toBeGreaterThanOrEqual(atLeast);
      expect.soft(truth, path).toBeLessThanOrEqual(atMost ?? Infinity);
    }
    // The network has no real people yet.
    expect(shown.every(([, { value }]) => value === null)).toBe(true);
  });

  it('cannot be subtracted from a total that is open', async () => {
    const { data } = await network.ask(dashboardOf(''));
    for (const column of columnNames) {
      const withheld = data.delegateStatistics.filter((row: Tree) => row[column].value === null);
      expect.soft(withheld.length, column).not.toBe(1);
    }
  });

  it('do not pick people out for who may not see them', async () => {
    const picks = [
      'officerStatistics(filter: { country: "FI", groups: ["nbnp:demo-group-4"] }) { id }',
      'expertStatistics(filter: { country: "LV", role: INTERPRETER }) { id }',
      'delegateStatistics(filter: { region: "RU-SPE" }) { id }',
      'sectorStatistics(filter: { groups: ["nbnp:demo-group-4"] }) { id }',
      'sectorStatistics(filter: { programme: "nbnp:demo-programme-past" }) { id }',
    ];
    for (const pick of picks) {
      const [field = ''] = pick.split('(');
      for (const asker of pick.startsWith('sector') ? [undefined] : [undefined, analyst]) {
        const { data, errors } = await network.ask(`{ ${pick} }`, {}, asker);
        expect.soft(data, pick).toEqual({ [field]: null });
        expect
          .soft(errors?.map(({ path, extensions }) => [path, extensions.code]))
          .toEqual([[[field], 'FORBIDDEN']]);
      }
    }
  });

  it('tell who saw what only together, to an auditor too', async () => {
    const { errors } = await network.ask(
      '{ sectorStatistics(filter: { groups: ["nbnp:demo-group-4"] }) { stops } }',
      {},
      auditor,
    );
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  it('ask one police alone for one country', async () => {
    const { data, extensions } = await network.ask(
      '{ officerStatistics(filter: { country: "LV" }) { nominated { value } } expertStatistics(filter: { country: "LV" }) { id } }',
      {},
      coordinator,
    );
    expect(Object.keys(extensions.completeness?.partners ?? {})).toEqual(['lv']);
    expect(data.officerStatistics).toHaveLength(targetGroups.length);
  });

  const asked = `{ officerStatistics${withRehearsals} { id ${columns} } }`;

  it('lack the rows of a police that is away, and name it', async () => {
    await using hub = await network.openHubWithout(['fi']);
    const { data, errors, extensions } = await hub.ask(asked, {}, coordinator);
    expect(data.officerStatistics).toEqual(
      (await network.ask(asked, {}, coordinator)).data.officerStatistics.filter(
        ({ id }: Tree) => ownerOf(id) !== 'fi',
      ),
    );
    expect(errors?.map((error) => [error.path, error.extensions])).toEqual([
      [['officerStatistics'], { code: 'PARTNER_UNAVAILABLE', partner: 'fi' }],
    ]);
    expect(extensions.completeness).toMatchObject({
      complete: false,
      partners: { fi: { status: 'UNAVAILABLE' }, dk: { status: 'ANSWERED' } },
    });
  });

  it('do not need the offices for what the network knows of officers', async () => {
    await network.stop('ncm');
    try {
      // A policy’s memory is empty in a police that has just begun.
      await network.stop('lt');
      await network.start('lt');
      const { data, errors } = await network.ask(
        `{ officerStatistics(filter: { country: "LT", rehearsals: true }) { id ${columns} } }`,
        {},
        coordinator,
      );
      expect(errors).toBeUndefined();
      expect(data.officerStatistics.map(({ members }: Tree) => members.value)).toEqual([
        0, 0, 0, 2, 0,
      ]);
    } finally {
      await network.start('ncm');
    }
  });

  it('stand without the network, but for who is a member', async () => {
    await network.stop('nbnp');
    try {
      await network.stop('lv');
      await network.start('lv');
      const { data, errors, extensions } = await network.ask(
        `{ officerStatistics(filter: { country: "LV", rehearsals: true }) { id ${columns} } }`,
        {},
        coordinator,
      );
      expect(
        data.officerStatistics.map((row: Tree) => [
          row.nominated.value,
          row.members,
          row.reportsExpected,
        ]),
      ).toEqual([0, 0, 0, 2, 0].map((nominated) => [nominated, null, null]));
      expect(errors).toHaveLength(2 * targetGroups.length);
      expect(errors?.[0]).toMatchObject({
        path: ['officerStatistics', 0, 'members'],
        extensions: { code: 'PARTNER_UNAVAILABLE' },
      });
      // The police answered, and whom it missed the hub misses too.
      expect(extensions.completeness).toEqual({
        complete: false,
        partners: { lv: { status: 'ANSWERED' }, nbnp: { status: 'UNAVAILABLE' } },
      });
    } finally {
      await network.start('nbnp');
    }
  });
});
