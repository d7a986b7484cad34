import { testDatabases, type TestDatabaseKind } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit, VisitHost } from '../entities/visit.entity.js';
import { baltic, createSidesGroup, nordic, planSides, sidesHub } from '../testing/test-sides.js';
import { openTestTasks } from '../testing/test-tasks.js';

/** What nobody has recorded yet. */
const nothing = {
  officerNominations: [],
  delegateNominations: [],
  delegates: [],
  delegateCount: 0,
  delegatesSelectedOn: null,
  delegatesBriefedOn: null,
  delegatesDebriefedOn: null,
};
const open = { openedOn: '1991', closedOn: null };
const closed = { openedOn: '1991', closedOn: '2026-11-23' };

async function openSides(kind: TestDatabaseKind, from: string, to: string) {
  const network = await openTestTasks(kind, {}, sidesHub);
  const group = await createSidesGroup(network, await planSides(network), from, to);
  const record = (facts: object, offices: object[] = [open]) => {
    network.facts[`group ${group}`] = {
      ...nothing,
      ...facts,
      from: { coordinators: offices },
    };
  };
  record({});
  /** The kinds of tasks of each of these organisations for the group. */
  const kindsOf = async (...codes: readonly string[]) => {
    const lists = await Promise.all(
      codes.map(async (code) =>
        (await network.listOf(code))
          .filter((task) => task.includes(group))
          .map((task) => task.split(' ')[0]),
      ),
    );
    return Object.fromEntries(codes.map((code, index) => [code, lists[index]]));
  };
  const accept = (...officers: readonly string[]) =>
    network.insert(
      OfficerNomination,
      ...officers.map((officerId) => ({
        id: `${officerId}-n`,
        groupId: group,
        officerId,
        acceptedOn: '2026-10-02',
      })),
    );
  const depart = async () => {
    const days = { startsOn: '2026-10-06', endsOn: '2026-10-11' };
    const recorded = { departedOn: '2026-10-06', returnedOn: '2026-10-11' };
    await network.insert(Visit, { id: 'nbnp:v', groupId: group, title: 'V', ...days, ...recorded });
  };
  return { network, record, kindsOf, accept, depart };
}

describe.each(testDatabases)('the tasks of a group between two sides on $name', (kind) => {
  it('wait for the offices and the police forces that its first side names', async () => {
    const { network, kindsOf } = await openSides(kind, baltic.name, nordic.name);
    await using _ = network;
    expect(await kindsOf('nbnp', 'ncm', 'lv', 'lt', 'dk', 'ee')).toEqual({
      nbnp: ['PLAN_VISIT'],
      ncm: ['NOMINATE'],
      lv: ['NOMINATE'],
      lt: ['NOMINATE'],
      dk: [],
      ee: [],
    });
  });

  it('ask nobody for nominees once officers and delegates fill it together', async () => {
    const { network, record, kindsOf, accept } = await openSides(kind, baltic.name, nordic.name);
    await using _ = network;
    await accept('lv:o1');
    const name = `${baltic.name} to ${nordic.name}`;
    const { plannedSize } = await network.source.manager.findOneByOrFail(Group, { name });
    record({ delegateCount: plannedSize - 2 });
    expect(await kindsOf('lt')).toEqual({ lt: ['NOMINATE'] });
    record({ delegateCount: plannedSize - 1 });
    expect(await kindsOf('lt')).toEqual({ lt: [] });
  });

  it('brief and debrief it by an office that is open, once enough are selected in sum', async () => {
    const { network, record, kindsOf, accept, depart } = await openSides(
      kind,
      baltic.name,
      nordic.name,
    );
    await using _ = network;
    await accept('lv:o1');
    const selected = { delegateCount: 1, delegatesSelectedOn: '2026-10-03' };
    record({ delegateCount: 0 });
    expect(await kindsOf('ncm')).toEqual({ ncm: ['NOMINATE'] });
    record(selected);
    expect((await kindsOf('ncm', 'nbnp'))['ncm']).toContain('BRIEF_GROUP');
    record({ ...selected, delegatesBriefedOn: '2026-10-04' });
    expect((await kindsOf('ncm'))['ncm']).not.toContain('BRIEF_GROUP');
    await depart();
    record({ ...selected, delegatesBriefedOn: '2026-10-04' });
    expect(await kindsOf('ncm', 'nbnp')).toEqual({ ncm: ['DEBRIEF_GROUP'], nbnp: [] });
  });

  it('are the network’s once every office that co-ordinates has closed', async () => {
    const { network, record, kindsOf, accept } = await openSides(kind, baltic.name, nordic.name);
    await using _ = network;
    await accept('lv:o1');
    const selected = { delegateCount: 1, delegatesSelectedOn: '2026-10-03' };
    record(selected, [closed, open]);
    expect((await kindsOf('nbnp'))['nbnp']).not.toContain('BRIEF_GROUP');
    record(selected, [closed]);
    const kinds = await kindsOf('nbnp', 'ncm');
    expect(kinds['nbnp']).toContain('BRIEF_GROUP');
    expect(kinds['ncm']).not.toContain('BRIEF_GROUP');
  });

  it.each([
    ['closed since', { ...open, mergedInto: closed }, 'nbnp', 'ncm'],
    ['is open', { ...closed, mergedInto: open }, 'ncm', 'nbnp'],
  ])('follow a merged office to the one that %s', async (_what, office, meets, other) => {
    const { network, record, kindsOf, accept } = await openSides(kind, baltic.name, nordic.name);
    await using _ = network;
    await accept('lv:o1');
    record({ delegateCount: 1, delegatesSelectedOn: '2026-10-03' }, [office]);
    const kinds = await kindsOf('nbnp', 'ncm');
    expect(kinds[meets]).toContain('BRIEF_GROUP');
    expect(kinds[other]).not.toContain('BRIEF_GROUP');
  });

  it('are the network’s where no office co-ordinates', async () => {
    const { network, kindsOf, accept, depart } = await openSides(kind, nordic.name, baltic.name);
    await using _ = network;
    await accept('dk:o1', 'se:o2');
    expect(await kindsOf('nbnp', 'ncm', 'dk', 'lv')).toEqual({
      nbnp: ['PLAN_VISIT', 'BRIEF_GROUP'],
      ncm: [],
      dk: [],
      lv: [],
    });
    await depart();
    expect(await kindsOf('nbnp', 'ncm')).toEqual({ nbnp: ['DEBRIEF_GROUP'], ncm: [] });
  });

  it('are due by the deadlines of the programme, for all who send, meet and host it', async () => {
    const { network, record, accept } = await openSides(kind, baltic.name, nordic.name);
    await using _ = network;
    const days = { startsOn: '2030-10-06', endsOn: '2030-10-11' };
    const name = `${baltic.name} to ${nordic.name}`;
    const group = await network.source.manager.findOneByOrFail(Group, { name });
    await network.insert(Visit, { id: 'nbnp:v', groupId: group.id, title: 'V', ...days });
    await network.insert(VisitHost, {
      visitId: 'nbnp:v',
      country: 'DK',
      position: 0,
      owner: 'dk',
    });
    await accept('lv:o1');
    record({ delegateCount: 1, delegatesSelectedOn: '2030-02-03' });
    network.facts['policeUnits DK'] = [{ hostings: [] }];
    const deadlines = [
      { kind: 'NOMINATION', days: 100 },
      { kind: 'HOST_CONFIRMATION', days: 40 },
      { kind: 'BRIEFING', days: 6 },
    ];
    await network.update(Programme, group.programmeId, { deadlines });
    const due = async (code: string) => {
      const { data } = await network.askTasks(code);
      const { nodes } = data?.['tasks'] as {
        nodes: { kind: string; dueOn: string; group: { id: string } | null }[];
      };
      return nodes
        .filter((task) => task.group?.id === group.id)
        .map(({ kind: of, dueOn }) => `${of} ${dueOn}`);
    };
    expect(await due('lt')).toEqual(['NOMINATE 2030-06-28']);
    expect(await due('dk')).toEqual(['OFFER_HOSTING 2030-08-27']);
    expect(await due('ncm')).toEqual(['NOMINATE 2030-06-28', 'BRIEF_GROUP 2030-09-30']);
  });

  it('decide on officers by the network, and on delegates by the offices', async () => {
    const { network, record, kindsOf } = await openSides(kind, baltic.name, nordic.name);
    await using _ = network;
    const delegate = { id: 'ncm:d' };
    record({
      officerNominations: [{ id: 'lv:n', nominatedOn: '2026-10-01', withdrawnOn: null }],
      delegateNominations: [
        { id: 'ncm:n', nominatedOn: '2026-10-01', status: 'PENDING', delegate },
      ],
    });
    const tasksOf = async (code: string) =>
      (await network.listOf(code)).filter((task) => task.startsWith('DECIDE_NOMINATION'));
    expect(await tasksOf('nbnp')).toEqual(['DECIDE_NOMINATION lv:n']);
    expect(await tasksOf('ncm')).toEqual(['DECIDE_NOMINATION ncm:n']);
    expect(await kindsOf('lt')).toEqual({ lt: ['NOMINATE'] });
  });
});
