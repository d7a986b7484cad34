import { readerOf, statementsOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import {
  bringBack,
  cancelOthers,
  everythingWaits,
  offer,
  openTestTasks,
} from '../testing/test-tasks.js';
import { north, programme, south, week } from '../testing/test-visits.js';

const organisations = ['nbnp', 'ncm', 'fi', 'dk', 'lt', 'no'] as const;
const departure = { dueOn: week.startsOn };
const inNorth = { group: { id: north.group }, visit: { id: north.visit } };
const inSouth = { group: { id: south.group }, visit: { id: south.visit } };
const ofNorth = { group: { id: north.group }, visit: null };
const ofSouth = { group: { id: south.group }, visit: null };

const [north2, south2] = ['nbnp:north-2', 'nbnp:south-2'];
const planning = (group: string) => ({
  kind: 'PLAN_VISIT',
  subject: group,
  since: null,
  group: { id: group },
  visit: null,
  // The last day of the programme.
  dueOn: '2031-06-30',
});
const nominating = (group: string, dueOn: string | null) => ({
  kind: 'NOMINATE',
  subject: group,
  since: null,
  group: { id: group },
  visit: null,
  dueOn,
});

/** The tasks before the departures, the most urgent first: most are due on the same day. */
const before: Readonly<Record<(typeof organisations)[number], readonly object[]>> = {
  nbnp: [
    { kind: 'REPLACE_HOST', subject: 'ncm:withdrawn', since: '2026-10-02', ...inNorth },
    { kind: 'DECIDE_NOMINATION', subject: 'dk:pending', since: '2030-01-10', ...ofSouth },
    planning(north2),
    planning(south2),
  ],
  ncm: [
    { kind: 'DECIDE_NOMINATION', subject: 'ncm:pending', since: '2030-01-12', ...ofNorth },
    { kind: 'COMPLETE_FORMALITIES', subject: 'ncm:d1', since: '2030-02-04', ...ofNorth },
    { kind: 'BRIEF_GROUP', subject: north.group, since: '2030-02-05', ...ofNorth },
    { kind: 'CONFIRM_HOSTING', subject: 'ncm:offer', since: null, ...inSouth },
    { kind: 'CONFIRM_STOP', subject: south.stop, since: null, ...inSouth },
    { kind: 'OFFER_HOSTING', subject: north.visit, since: null, ...inNorth },
    nominating(north2, null),
  ],
  fi: [
    { kind: 'CONFIRM_HOSTING', subject: 'fi:offer', since: null, ...inNorth },
    { kind: 'CONFIRM_STOP', subject: north.stop, since: null, ...inNorth },
  ],
  dk: [
    { kind: 'COMPLETE_FORMALITIES', subject: 'dk:officer-1', since: '2030-02-01', ...ofSouth },
    nominating(south2, null),
  ],
  lt: [
    { kind: 'DECIDE_LOAN', subject: 'nbnp:assignment', since: null, ...inNorth },
    nominating(south.group, week.startsOn),
    nominating(south2, null),
  ],
  no: [nominating(south.group, week.startsOn), nominating(south2, null)],
};

describe.each(testDatabases)('Query.tasks on $name', (kind) => {
  it.each(organisations)('lists what waits for %s before the departures', async (organisation) => {
    await using network = await openTestTasks(kind);
    const { data, errors } = await network.askTasks(organisation);
    const nodes = before[organisation].map((task) => ({
      ...departure,
      isUncertain: false,
      ...task,
    }));
    expect(errors).toBeUndefined();
    expect(data).toEqual({ tasks: { totalCount: nodes.length, nodes } });
  });

  it.each([
    ['nbnp', ['DEBRIEF_GROUP nbnp:south', 'DRAFT_EVALUATION nbnp:programme']],
    [
      'ncm',
      [
        'DEBRIEF_GROUP nbnp:north',
        'DRAFT_EVALUATION nbnp:programme',
        'HAND_IN_REPORT ncm:d1',
        'HAND_IN_REPORT ncm:d2',
      ],
    ],
    ['dk', ['HAND_IN_REPORT dk:officer-1']],
    ['fi', ['HAND_IN_REPORT fi:officer-1']],
    ['lt', []],
  ] as const)('lists what waits for %s after the returns', async (organisation, expected) => {
    await using network = await openTestTasks(kind);
    await bringBack(network);
    Object.assign(network.facts, {
      'programme nbnp:programme': { officeSignatureCount: 0, officeEvaluationVersion: null },
    });
    expect(await network.listOf(organisation)).toEqual(expected);
    const { data } = await network.askTasks(organisation);
    const { nodes } = data?.['tasks'] as { nodes: object[] };
    // Until two years after the end of the programme, in June 2031.
    for (const task of nodes)
      expect(task).toMatchObject({ since: '2030-05-10', dueOn: '2033-06-30' });
  });

  it.each(organisations)(
    'leaves out or marks what others do not say to %s, and names them',
    async (code) => {
      await using network = await openTestTasks(kind, {});
      network.missing.push('dk', 'fi', 'lt', 'ncm');
      await cancelOthers(network);
      const { data, errors = [] } = await network.askTasks(code);
      // What the network itself knows of may still wait: nobody says.
      const uncertain = {
        fi: [`CONFIRM_STOP ${north.stop}`, `OFFER_HOSTING ${north.visit}`],
        lt: ['DECIDE_LOAN nbnp:assignment'],
        ncm: [
          `CONFIRM_STOP ${south.stop}`,
          `OFFER_HOSTING ${north.visit}`,
          `OFFER_HOSTING ${south.visit}`,
        ],
      }[code as string];
      const nodes = (data?.['tasks'] as { nodes: Record<string, unknown>[] }).nodes;
      expect(nodes.map(({ kind: what, subject }) => `${what} ${subject}`).toSorted()).toEqual(
        uncertain ?? [],
      );
      for (const task of nodes) expect(task['isUncertain']).toBe(true);
      const named = errors.map(({ path, extensions }) => ({ path, ...extensions }));
      // No other police force has a part in the tasks of one.
      const expected = { no: ['ncm'], nbnp: network.missing, ncm: network.missing };
      const partners = expected[code as 'no'] ?? [code, 'ncm'];
      expect(named).toEqual(
        partners.map((partner) => ({ path: ['tasks'], code: 'PARTNER_UNAVAILABLE', partner })),
      );
    },
  );

  it('asks the hub no more often for many aliases than for one', async () => {
    await using network = await openTestTasks(kind);
    const aliases = Array.from({ length: 20 }, (_, index) => `a${index}: tasks { totalCount }`);
    const query = `{ ${aliases.join(' ')} }`;
    const reader = readerOf('ncm', 'coordinator');
    const { data } = await network.ask(query, {}, reader);
    expect(data?.['a19']).toEqual({ totalCount: before.ncm.length });
    expect(network.requests).toHaveLength(1);
  });

  it('sends one request to the hub, and needs as many statements for more groups', async () => {
    await using network = await openTestTasks(kind);
    const count = () => statementsOf(network.source, () => network.askTasks('ncm'));
    const few = await count();
    expect(network.requests).toHaveLength(1);
    const copies = Array.from({ length: 20 }, (_, index) => `nbnp:more-${index}`);
    for (const id of copies) {
      await network.insert(Group, {
        id,
        name: id,
        direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
        programmeId: programme,
        plannedSize: 3,
      });
      await network.insert(Visit, { ...week, id: `${id}-visit`, groupId: id, title: 'A week' });
    }
    expect(await count()).toBe(few);
    // Eleven tables. The groups and visits of the tasks are among them.
    expect(few).toBe(11);
  });

  it('is empty for a programme that closed two years after its end', async () => {
    await using network = await openTestTasks(kind);
    await network.update(Programme, programme, { endsOn: '2024-11-24' });
    expect(await network.listOf('ncm')).not.toEqual([]);
    await network.update(Programme, programme, { endsOn: '2024-11-23' });
    for (const code of organisations) expect(await network.listOf(code)).toEqual([]);
  });
});

/** What others record makes a task disappear: the facts after it, and whose task. */
const recorded: readonly (readonly [task: string, organisation: string, facts: object])[] = [
  ['CONFIRM_STOP nbnp:north-stop', 'fi', { stops: [{ id: north.stop, hostConfirmedVersion: 1 }] }],
  [
    'DECIDE_LOAN nbnp:assignment',
    'lt',
    { experts: [{ id: 'nbnp:assignment', status: 'REFUSED', isLoanPutBack: false }] },
  ],
  ['OFFER_HOSTING nbnp:north-visit', 'ncm', { regionalHostings: [offer('ncm:o', north.visit)] }],
];

describe.each(testDatabases)('a task on $name', (kind) => {
  it.each(recorded)('%s of %s disappears by what others record', async (task, code, facts) => {
    await using network = await openTestTasks(kind);
    expect(await network.listOf(code)).toContain(task);
    network.facts['visit nbnp:north-visit'] = {
      ...(everythingWaits['visit nbnp:north-visit'] as object),
      ...facts,
    };
    expect(await network.listOf(code)).not.toContain(task);
  });

  it.each([
    ['fi', 'CONFIRM_STOP nbnp:north-stop', 'callOffItineraryStop', { stop: north.stop }],
    ['lt', 'DECIDE_LOAN nbnp:assignment', 'releaseExpert', { assignment: 'nbnp:assignment' }],
    ['fi', 'CONFIRM_HOSTING fi:offer', 'cancelVisit', { visit: north.visit }],
    ['ncm', 'BRIEF_GROUP nbnp:north', 'cancelGroup', { group: north.group }],
    [
      'dk',
      'COMPLETE_FORMALITIES dk:officer-1',
      'recordAbsence',
      { group: south.group, visit: south.visit, participant: 'dk:officer-1' },
    ],
  ] as const)('of %s, %s, disappears by %s', async (code, task, mutation, record) => {
    const firstDay = `${week.startsOn}T12:00:00Z`;
    await using network = await openTestTasks(kind, undefined, {}, firstDay);
    expect(await network.listOf(code)).toContain(task);
    const reasons = { reason: mutation === 'recordAbsence' ? 'ILLNESS' : 'No host.' };
    const on = mutation === 'recordAbsence' ? { from: week.startsOn } : { on: '2030-03-01' };
    const input =
      mutation === 'releaseExpert' ? record : { ...record, ...on, ...reasons, version: 1 };
    await network.done(mutation, input);
    expect(await network.listOf(code)).not.toContain(task);
  });

  it('DECIDE_NOMINATION of the network ends by a decision, and for all by the departure', async () => {
    await using network = await openTestTasks(kind);
    await cancelOthers(network);
    await network.update(Visit, south.visit, { departedOn: week.startsOn });
    expect(await network.listOf('nbnp')).toEqual(['REPLACE_HOST ncm:withdrawn']);
    expect(await network.listOf('dk')).toEqual([]);
    expect(await network.listOf('ncm')).toContain('DECIDE_NOMINATION ncm:pending');
    await network.update(Visit, north.visit, { departedOn: week.startsOn });
    expect(await network.listOf('ncm')).not.toContain('DECIDE_NOMINATION ncm:pending');
  });

  it('RECORD_DEPARTURE waits from the first day on, RECORD_RETURN from the last', async () => {
    await using network = await openTestTasks(
      kind,
      {},
      {
        GroupsOfDelegates: () => ({ groups: { nodes: [] } }),
        StopsToConfirm: () => ({
          visit: {
            stops: [
              {
                id: south.stop,
                status: 'PLANNED',
                version: 1,
                hostOwner: 'ncm',
                officeConfirmedVersion: 1,
              },
            ],
          },
        }),
      },
    );
    await cancelOthers(network);
    const read = async () => (await network.askTasks('nbnp')).data?.['tasks'];
    const move = (startsOn: string, endsOn: string) =>
      network.update(Visit, south.visit, { startsOn, endsOn });
    await network.update(Programme, programme, { startsOn: '2026' });
    await network.source.query(`UPDATE officer_nominations SET accepted_on = '2026-02-01'`);
    await move('2026-11-25', '2026-11-28');
    expect(await read()).toMatchObject({ totalCount: 0 });
    await move('2026-11-24', '2026-11-28');
    const task = { subject: south.visit, ...inSouth };
    const days = { since: '2026-11-24', dueOn: '2026-11-24', isUncertain: false };
    expect(await read()).toEqual({
      totalCount: 1,
      nodes: [{ kind: 'RECORD_DEPARTURE', ...task, ...days }],
    });
    await network.done('recordDeparture', { id: south.visit, on: '2026-11-24', version: 1 });
    expect(await read()).toMatchObject({ totalCount: 0 });
    await move('2026-11-20', '2026-11-24');
    // The rules allow a return up to 30 days after the planned one.
    const late = { since: '2026-11-24', dueOn: '2026-12-24', isUncertain: false };
    expect(await read()).toEqual({
      totalCount: 1,
      nodes: [{ kind: 'RECORD_RETURN', ...task, ...late }],
    });
    await network.done('recordReturn', { id: south.visit, on: '2026-11-24', version: 2 });
    expect(await network.listOf('nbnp')).toEqual(['DEBRIEF_GROUP nbnp:south']);
    await network.done('recordGroupDebriefing', {
      id: south.group,
      on: '2026-11-25',
      version: 1,
    });
    expect(await network.listOf('nbnp')).toEqual([]);
  });
});
