import { dates } from '@hub/shared/graphql';
import { readerOf, testDatabases } from '@hub/shared/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { DeadlineKind } from '../entities/vocabulary.js';
import {
  bringBack,
  everythingWaits,
  offer,
  openTestTasks,
  type TestTasks,
} from '../testing/test-tasks.js';
import { north, programme, south, week } from '../testing/test-visits.js';

interface Task {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly since: string | null;
  readonly dueOn: string | null;
  readonly isOverdue: boolean;
  readonly cause: string;
  readonly message: string;
  readonly visit: { readonly id: string } | null;
}

const organisations = ['nbnp', 'ncm', 'fi', 'dk', 'lt', 'no'];

async function readTasks(network: TestTasks): Promise<Task[]> {
  const fields = 'id kind subject since dueOn isOverdue cause message visit { id }';
  const lists = await Promise.all(
    organisations.map(async (organisation) => {
      const query = `{ tasks(first: 1000) { nodes { ${fields} } } }`;
      const { data, errors } = await network.ask(query, {}, readerOf(organisation, 'coordinator'));
      expect(errors).toBeUndefined();
      return (data?.['tasks'] as { nodes: Task[] }).nodes;
    }),
  );
  return lists.flat();
}

/** The tasks of each kind of deadline, as the contract says. */
const kindsOf: Readonly<Record<DeadlineKind, readonly string[]>> = {
  NOMINATION: ['NOMINATE'],
  DECISION: ['DECIDE_NOMINATION', 'DECIDE_LOAN'],
  FORMALITIES: ['COMPLETE_FORMALITIES'],
  HOST_CONFIRMATION: ['OFFER_HOSTING', 'CONFIRM_HOSTING', 'CONFIRM_STOP'],
  BRIEFING: ['BRIEF_GROUP'],
  REPORT: ['HAND_IN_REPORT'],
  DEBRIEFING: ['DEBRIEF_GROUP'],
};

/** The departure is on 6 May 2030, the return on 10 May. */
const stated = [
  ['NOMINATION', 90, '2030-02-05'],
  ['DECISION', 60, '2030-03-07'],
  ['FORMALITIES', 20, '2030-04-16'],
  ['HOST_CONFIRMATION', 30, '2030-04-06'],
  ['BRIEFING', 10, '2030-04-26'],
  ['REPORT', 30, '2030-06-09'],
  ['DEBRIEFING', 14, '2030-05-24'],
] as const;
const deadlines = stated.map(([kind, days]) => ({ kind, days }));

describe.each(testDatabases)('the deadlines of a programme on $name', (kind) => {
  const open = (now?: string) => openTestTasks(kind, { ...everythingWaits }, {}, now);
  const state = (network: TestTasks, given: readonly object[] | null) =>
    network.update(Programme, programme, { deadlines: given });

  it('are those by which its tasks are due, before the departure', async () => {
    await using network = await open();
    const before = await readTasks(network);
    await state(network, deadlines);
    const after = await readTasks(network);
    expect(after).toHaveLength(before.length);
    for (const task of before) {
      const [, , dueOn] = stated.find(([one]) => kindsOf[one].includes(task.kind)) ?? [];
      const isDated = task.dueOn === week.startsOn;
      const expected = dueOn !== undefined && isDated ? { ...task, dueOn } : task;
      expect(after).toContainEqual(expected);
    }
    expect(new Set(after.map(({ dueOn }) => dueOn))).toEqual(
      new Set([
        ...stated.slice(0, 5).map(([, , dueOn]) => dueOn),
        week.startsOn,
        '2031-06-30',
        null,
      ]),
    );
  });

  it('are those by which its tasks are due, after the return', async () => {
    await using network = await open();
    await bringBack(network);
    await state(network, deadlines);
    const due = new Map((await readTasks(network)).map(({ kind: of, dueOn }) => [of, dueOn]));
    expect(due.get('HAND_IN_REPORT')).toBe('2030-06-09');
    expect(due.get('DEBRIEF_GROUP')).toBe('2030-05-24');
  });

  it('are planned with a programme, changed and removed, each kind once', async () => {
    await using network = await open();
    const plan = { title: 'P', targetGroups: ['POLICE'], sectorsToShow: [], workingLanguages: [] };
    const selection = 'id version deadlines { kind days }';
    const silent = await network.done('createProgramme', plan, selection);
    expect(silent['deadlines']).toEqual([]);
    const created = await network.done('createProgramme', { ...plan, deadlines }, selection);
    expect(created['deadlines']).toEqual(deadlines);
    let version = 1;
    const change = async (given: object) => {
      const input = { programme: created['id'], version, ...given };
      const changed = await network.done('changeProgramme', input, selection);
      version += 1;
      return changed['deadlines'];
    };
    expect(await change({ title: 'Q' })).toEqual(deadlines);
    const other = [{ kind: 'BRIEFING', days: 0 }];
    expect(await change({ deadlines: other })).toEqual(other);
    expect(await change({ deadlines: null })).toEqual([]);
    for (const [argument, refused] of [
      ['input.deadlines', [...other, { kind: 'BRIEFING', days: 2 }]],
      ['input.deadlines.0.days', [{ kind: 'BRIEFING', days: -1 }]],
      ['input.deadlines.0.days', [{ kind: 'REPORT', days: 731 }]],
    ] as const) {
      const input = { programme: created['id'], version, deadlines: refused };
      expect(await network.refusal('changeProgramme', input)).toMatchObject({
        code: 'BAD_USER_INPUT',
        argument,
      });
    }
  });

  it('put what is overdue first, by the day of the network', async () => {
    await using network = await open('2030-04-07T00:00:00Z');
    await state(network, deadlines);
    const tasks = await readTasks(network);
    const overdue = tasks.filter(({ isOverdue }) => isOverdue).map((task) => task.kind);
    expect([...new Set(overdue)].toSorted()).toEqual([
      'CONFIRM_HOSTING',
      'CONFIRM_STOP',
      'DECIDE_LOAN',
      'DECIDE_NOMINATION',
      'NOMINATE',
      'OFFER_HOSTING',
    ]);
    const { data } = await network.ask(
      '{ tasks { nodes { isOverdue } } }',
      {},
      readerOf('ncm', 'coordinator'),
    );
    const { nodes } = data?.['tasks'] as { nodes: { isOverdue: boolean }[] };
    const marks = nodes.map(({ isOverdue }) => isOverdue);
    expect(marks).toEqual(marks.toSorted((one, other) => Number(other) - Number(one)));
    expect(marks).toContain(true);
    expect(marks).toContain(false);
  });

  it('move with the visit, and no longer hold once it has departed', async () => {
    await using network = await open();
    await state(network, deadlines);
    await network.update(Visit, north.visit, { startsOn: '2030-05-16', endsOn: '2030-05-21' });
    const loan = async () =>
      (await readTasks(network)).find(({ kind: of }) => of === 'DECIDE_LOAN')?.dueOn;
    expect(await loan()).toBe('2030-03-17');
    await network.update(Visit, north.visit, { departedOn: '2030-05-16' });
    expect(await loan()).toBe('2030-05-16');
  });

  it('have `dueOn` never later than the deadline, nor than without one', async () => {
    await using network = await open();
    const day = fc.integer({ min: 0, max: 500 }).map((days) => dates.addDays('2030-01-01', days));
    const some = fc.uniqueArray(
      fc.record({
        kind: fc.constantFrom(...(Object.keys(DeadlineKind) as DeadlineKind[])),
        days: fc.integer({ min: 0, max: 730 }),
      }),
      { selector: (one) => one.kind },
    );
    const journey = fc.record({
      startsOn: day,
      length: fc.integer({ min: 0, max: 20 }),
      state: fc.constantFrom('AHEAD', 'AWAY', 'BACK'),
    });
    await fc.assert(
      fc.asyncProperty(some, journey, journey, async (given, ...journeys) => {
        for (const [index, { startsOn, length, state: of }] of journeys.entries()) {
          const endsOn = dates.addDays(startsOn, length);
          await network.update(Visit, [north, south][index]?.visit ?? '', {
            startsOn,
            endsOn,
            departedOn: of === 'AHEAD' ? null : startsOn,
            returnedOn: of === 'BACK' ? endsOn : null,
          });
        }
        await state(network, null);
        const before = await readTasks(network);
        await state(network, []);
        expect(await readTasks(network)).toEqual(before);
        await state(network, given);
        const after = await readTasks(network);
        expect(after.map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id).toSorted());
        const byId = new Map(after.map((task) => [task.id, task]));
        const ends = journeys.map(({ startsOn, length, state: of }) => ({
          startsOn,
          endsOn: dates.addDays(startsOn, length),
          state: of,
        }));
        for (const task of before) {
          const now = byId.get(task.id);
          const isNorth = /north|ncm:d\d|ncm:pending|fi:offer|assignment/.test(task.id);
          const end = ends[isNorth ? 0 : 1];
          const deadline = given.find(({ kind: of }) => kindsOf[of].includes(task.kind));
          if (!deadline || !end || /north-2|south-2/.test(task.id)) {
            expect(now).toEqual(task);
            continue;
          }
          const isAfter = ['REPORT', 'DEBRIEFING'].includes(deadline.kind);
          const day = isAfter
            ? dates.addDays(end.endsOn, deadline.days)
            : dates.addDays(end.startsOn, -deadline.days);
          const holds = isAfter || end.state === 'AHEAD';
          const due = [task.dueOn, ...(holds ? [day] : [])].flatMap((one) => one ?? []);
          expect(now?.dueOn).toBe(due.toSorted()[0]);
        }
      }),
      { numRuns: 60, seed: 32 },
    );
  });
});

describe.each(testDatabases)('Task.cause and Task.message on $name', (kind) => {
  const causesOf = async (network: TestTasks) =>
    (await readTasks(network))
      .filter(({ cause }) => cause !== 'NEW')
      .map((task) => `${task.cause} ${task.kind} ${task.subject}`)
      .toSorted();

  it('say what was put back, and what another organisation withdrew', async () => {
    await using network = await openTestTasks(kind, { ...everythingWaits });
    const withdrawn = 'WITHDRAWN REPLACE_HOST ncm:withdrawn';
    expect(await causesOf(network)).toEqual([withdrawn]);
    const visit = network.facts[`visit ${north.visit}`] as { experts: object[] };
    const delegates = network.facts[`group ${north.group}`] as { delegateNominations: object[] };
    Object.assign(network.facts, {
      [`visit ${north.visit}`]: {
        ...visit,
        stops: [{ id: north.stop, hostConfirmedVersion: 1 }],
        experts: visit.experts.map((one) => ({ ...one, isLoanPutBack: true })),
      },
      'policeUnits FI': [{ hostings: [{ ...offer('fi:offer', north.visit), isPutBack: true }] }],
      [`group ${north.group}`]: {
        ...delegates,
        delegateNominations: delegates.delegateNominations.map((one) => ({ ...one, version: 3 })),
      },
    });
    await network.source.query(`UPDATE itinerary_stops SET plan_version = 2, version = 2`);
    await network.insert(OfficerNomination, {
      id: 'dk:pending',
      groupId: south.group,
      officerId: 'dk:officer-9',
      decisionVersion: 2,
    });
    expect(await causesOf(network)).toEqual(
      [
        withdrawn,
        'PUT_BACK CONFIRM_HOSTING fi:offer',
        `PUT_BACK CONFIRM_STOP ${north.stop}`,
        'PUT_BACK DECIDE_LOAN nbnp:assignment',
        'PUT_BACK DECIDE_NOMINATION dk:pending',
        'PUT_BACK DECIDE_NOMINATION ncm:pending',
      ].toSorted(),
    );
  });

  it('name the group or the visit, and say what was put back', async () => {
    await using network = await openTestTasks(kind, { ...everythingWaits });
    const messages = new Map((await readTasks(network)).map((task) => [task.id, task.message]));
    expect(messages.get(`nbnp:task/fi/CONFIRM_STOP/${north.stop}/${north.group}`)).toBe(
      'Confirm a stop of the visit “A week”.',
    );
    expect(messages.get(`nbnp:task/ncm/BRIEF_GROUP/${north.group}`)).toBe(
      'Brief the group “north”.',
    );
    for (const message of messages.values()) expect(message).toMatch(/^[A-Z][^{}]*\.$/);
  });
});
