import { HubError } from '@hub/shared/errors';
import { readerOf, testDatabases, type TestDatabaseKind } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { ExpertAssignment } from '../entities/visit.entity.js';
import type { DeadlineKind } from '../entities/vocabulary.js';
import { everythingWaits, openTestTasks, type TestTasks } from '../testing/test-tasks.js';
import { away, north, openTestVisits, programme, south } from '../testing/test-visits.js';

interface Warned {
  readonly code: string;
  readonly deadline: DeadlineKind | null;
  readonly owner: string;
  readonly subject: string;
  readonly count: number | null;
}

/** What the other warnings ask about: nothing is missing. */
const others = {
  delegateCount: 2,
  delegateFormalitiesOpen: 0,
  delegateVisasRefused: 0,
  delegateMeetings: [],
  delegateReportsReceived: 0,
  delegateNominations: [],
  officerFormalitiesOpen: 0,
  officerVisasRefused: 0,
  officerReportsReceived: 0,
  officerNominations: [],
  visits: [],
};
const hub = { PolicyFacts: () => ({ f0: others }) };
/** The same of all members of the south at once. */
const southFacts = {
  ...(everythingWaits[`group ${south.group}`] as object),
  members: ['dk:officer-1', 'fi:officer-1'].map((id) => ({
    id,
    ...(everythingWaits[`officer ${id}`] as object),
  })),
};
const waiting = { ...everythingWaits, [`group ${south.group}`]: southFacts };
const open = (kind: TestDatabaseKind, now: string) => openTestTasks(kind, { ...waiting }, hub, now);

const passed = (warnings: readonly Warned[]) =>
  warnings.filter(({ code }) => code === 'DEADLINE_PASSED');
const say = ({ deadline, owner, subject, count }: Warned) =>
  `${deadline} ${owner} ${subject} ${count}`;

const stated = [
  { kind: 'NOMINATION', days: 90 },
  { kind: 'DECISION', days: 60 },
  { kind: 'HOST_CONFIRMATION', days: 30 },
  { kind: 'FORMALITIES', days: 20 },
  { kind: 'BRIEFING', days: 10 },
] as const;
const state = (network: TestTasks, deadlines: readonly object[] | null) =>
  network.update(Programme, programme, { deadlines });

/** What waits for the north, from `test-tasks.ts`, in the order of the deadlines. */
const ofNorth = [
  ['2030-03-08', 'DECISION lt nbnp:north-visit 1'],
  ['2030-03-08', 'DECISION ncm nbnp:north 1'],
  ['2030-04-07', 'HOST_CONFIRMATION fi nbnp:north-visit 2'],
  ['2030-04-07', 'HOST_CONFIRMATION ncm nbnp:north-visit 1'],
  ['2030-04-17', 'FORMALITIES ncm nbnp:north 1'],
  ['2030-04-27', 'BRIEFING ncm nbnp:north 1'],
] as const;

describe.each(testDatabases)('Group.warnings without a partner on $name', (kind) => {
  /** What the north has, and which partners the response names, while something is missing. */
  const readPart = async (network: TestTasks, group = north.group) => {
    const query = `{ group(id: "${group}") { warnings { code deadline owner subject count } } }`;
    const { data, errors = [] } = await network.ask(query, {}, readerOf('nbnp', 'coordinator'));
    const { warnings } = data?.['group'] as { warnings: readonly Warned[] };
    for (const { path } of errors) expect(path).toEqual(['group', 'warnings']);
    const named = errors.map(({ extensions }) => (extensions as { partner?: string }).partner);
    const all = warnings.map(({ code }) => code);
    return { named, said: passed(warnings).map(say), all, warnings };
  };
  const allOfNorth = ofNorth.map(([, warning]) => warning);
  const withoutOf = (row: string) => allOfNorth.filter((one) => !one.startsWith(row)).toSorted();

  it.each([
    ['fi', 'policeUnits FI', [], 'HOST_CONFIRMATION fi'],
    ['ncm', `visit ${north.visit}`, ['regionalHostings'], 'HOST_CONFIRMATION ncm'],
    ['lt', `visit ${north.visit}`, ['experts', 0, 'status'], 'DECISION lt'],
    ['ncm', `group ${north.group}`, ['delegatesBriefedOn'], 'BRIEFING ncm'],
  ])('without %s and its %s %j lacks %s alone', async (partner, fact, path, row) => {
    await using network = await open(kind, '2030-05-06T12:00:00Z');
    await state(network, stated);
    await network.update(Group, north.group, { plannedSize: 9 });
    expect((await readPart(network)).said.toSorted()).toEqual(allOfNorth.toSorted());
    network.gaps.push({ fact, partner, path });
    const { named, said, all } = await readPart(network);
    expect(named).toEqual([partner]);
    expect(said.toSorted()).toEqual(withoutOf(row));
    expect(all).toContain('PLANNED_TOO_MANY');
    await state(network, null);
    expect(await readPart(network)).toMatchObject({ named: [], said: [] });
  });

  it('has what depends on nobody else while the hub says nothing', async () => {
    await using network = await open(kind, '2030-05-06T12:00:00Z');
    await state(network, stated);
    await network.update(Group, north.group, { plannedSize: 9 });
    network.missing.push('hub');
    const { named, said, all } = await readPart(network);
    expect(named).toEqual(['hub']);
    expect(said).toEqual([]);
    expect(all).toContain('PLANNED_TOO_MANY');
  });

  it('costs no other group of the request what one of them lacks', async () => {
    await using network = await open(kind, '2030-05-01T12:00:00Z');
    await state(network, stated);
    const alone = (await readPart(network, south.group)).warnings;
    expect(passed(alone).length).toBeGreaterThan(1);
    network.gaps.push({ fact: `visit ${north.visit}`, partner: 'ncm', path: ['regionalHostings'] });
    network.gaps.push({ fact: `group ${north.group}`, partner: 'ncm', path: [] });
    const fields = 'warnings { code deadline owner subject count }';
    const query = `{ south: group(id: "${south.group}") { ${fields} }
      north: group(id: "${north.group}") { ${fields} } }`;
    const { data, errors } = await network.ask(query, {}, readerOf('nbnp', 'coordinator'));
    expect(data?.['south']).toEqual({ warnings: alone });
    const { warnings } = data?.['north'] as { warnings: readonly Warned[] };
    expect(passed(warnings).map(say)).toContain('HOST_CONFIRMATION fi nbnp:north-visit 2');
    expect(errors).toMatchObject([{ path: ['north', 'warnings'], extensions: { partner: 'ncm' } }]);
  });

  it('says that a loan was refused while another police force is away', async () => {
    const loans = [
      { id: 'nbnp:assignment', status: 'REFUSED', isLoanPutBack: false },
      { id: 'nbnp:another', status: null, isLoanPutBack: null },
    ];
    const away = new HubError('PARTNER_TIMED_OUT', { partner: 'ee' });
    await using network = await openTestVisits(kind, {
      PolicyFacts(_variables, _network, query, options) {
        if (!query.includes('experts')) return { f0: {} };
        options?.onMissing?.(away, ['f0', 'visits', 0, 'experts', 1, 'status']);
        return { f0: { visits: [{ experts: loans }] } };
      },
    });
    const another = { id: 'nbnp:another', visitId: north.visit, expertId: 'ee:expert' };
    await network.insert(ExpertAssignment, { ...another, role: 'EXPERT', languages: [] });
    const { data, errors } = await network.ask(
      '{ group(id: "nbnp:north") { warnings { code subject } } }',
    );
    const refused = { code: 'LOAN_REFUSED', subject: 'nbnp:assignment' };
    expect(data).toEqual({ group: { warnings: [refused] } });
    const extensions = { code: 'PARTNER_TIMED_OUT', partner: 'ee' };
    expect(errors).toMatchObject([{ path: ['group', 'warnings'], extensions }]);
  });

  it('counts who got no visa or no briefing, and nobody, whoever else is away', async () => {
    const delegates = {
      delegateCount: 3,
      delegateFormalitiesOpen: 0,
      delegateVisasRefused: 1,
      delegateMeetings: [{ kind: 'BRIEFING', missed: 2 }],
    };
    await using network = await openTestVisits(
      kind,
      {
        PolicyFacts(_variables, _network, query) {
          if (query.includes('delegateCount')) return { f0: delegates };
          return away(query.includes('experts') ? 'lt' : 'fi')();
        },
      },
      '2030-04-26T12:00:00Z',
    );
    const told = async (group: string) => {
      const query = `{ group(id: "${group}") { warnings { code count } } }`;
      const { data, errors } = await network.ask(query);
      const named = errors?.map(({ extensions }) => (extensions as { partner?: string }).partner);
      return { warnings: (data?.['group'] as { warnings: unknown }).warnings, named };
    };
    const ofNorth = await told(north.group);
    expect(new Set(ofNorth.named)).toEqual(new Set(['fi', 'lt']));
    expect(ofNorth.warnings).toEqual([
      { code: 'BRIEFING_MISSED', count: 2 },
      { code: 'VISA_REFUSED', count: 1 },
    ]);
    await network.source.manager.delete(OfficerNomination, { groupId: south.group });
    const ofSouth = await told(south.group);
    expect(ofSouth.named).toContain('fi');
    expect(ofSouth.warnings).toContainEqual({ code: 'NO_MEMBER', count: null });
  });
});
