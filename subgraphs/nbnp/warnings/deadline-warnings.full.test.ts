import { dates } from '@hub/shared/graphql';
import { anonymous } from '@hub/shared/identity';
import { codes } from '@hub/shared/policy';
import { readerOf, testDatabases } from '@hub/shared/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Visit } from '../entities/visit.entity.js';
import type { DeadlineKind } from '../entities/vocabulary.js';
import {
  ofNorth,
  openWaiting,
  others,
  passed,
  say,
  stated,
  stateDeadlines,
  type Warned,
} from '../testing/test-deadlines.js';
import { everythingWaits, openTestTasks, type TestTasks } from '../testing/test-tasks.js';
import { north, south, week } from '../testing/test-visits.js';

async function read(
  network: TestTasks,
  group: string,
  reader = readerOf('nbnp', 'coordinator'),
): Promise<readonly Warned[]> {
  const fields = 'code deadline owner subject dueOn count isOverdue message';
  const query = `{ group(id: "${group}") { warnings { ${fields} } } }`;
  const { data, errors } = await network.ask(query, {}, reader);
  expect(errors).toBeUndefined();
  return (data?.['group'] as { warnings: readonly Warned[] }).warnings;
}
describe.each(testDatabases)('the warning DEADLINE_PASSED on $name', (kind) => {
  it.each([
    ['2030-03-07', 0],
    ['2030-03-08', 2],
    ['2030-04-06', 2],
    ['2030-04-07', 4],
    ['2030-04-17', 5],
    ['2030-05-06', 6],
  ])('counts on %s what is past its deadline, by whom', async (today, count) => {
    await using network = await openWaiting(kind, `${today}T12:00:00Z`);
    expect(passed(await read(network, north.group))).toEqual([]);
    await stateDeadlines(network, stated);
    const warnings = passed(await read(network, north.group));
    const expected = ofNorth.filter(([from]) => from <= today).map(([, warning]) => warning);
    expect(expected).toHaveLength(count);
    expect(warnings.map(say).toSorted()).toEqual(expected.toSorted());
    for (const { dueOn, isOverdue, message } of warnings) {
      expect(isOverdue).toBe(true);
      expect((dueOn ?? '') < today).toBe(true);
      expect(message).toMatch(
        /^The deadline for [a-z ]+ was 2030-\d\d-\d\d, and [A-Z]+ has \d open\.$/,
      );
    }
  });

  it('is gone once it is done, or the group departs', async () => {
    await using network = await openWaiting(kind, '2030-05-06T12:00:00Z');
    await stateDeadlines(network, stated);
    Object.assign(network.facts, { 'policeUnits FI': [{ hostings: [] }] });
    const all = (await read(network, north.group)).map(say);
    expect(all).toContain('HOST_CONFIRMATION fi nbnp:north-visit 2');
    const visit = network.facts[`visit ${north.visit}`] as object;
    const stops = [{ id: north.stop, hostConfirmedVersion: 1 }];
    Object.assign(network.facts, { [`visit ${north.visit}`]: { ...visit, stops } });
    const confirmed = (await read(network, north.group)).map(say);
    expect(confirmed).toContain('HOST_CONFIRMATION fi nbnp:north-visit 1');
    await network.update(Visit, north.visit, { departedOn: week.startsOn });
    expect(passed(await read(network, north.group))).toEqual([]);
  });

  it('is for those who may read the plan, and needs no request for others', async () => {
    await using network = await openWaiting(kind, '2030-05-06T12:00:00Z');
    await stateDeadlines(network, [
      ...stated,
      { kind: 'REPORT', days: 0 },
      { kind: 'DEBRIEFING', days: 0 },
    ]);
    const see = async (reader: Parameters<typeof read>[2]) =>
      passed(await read(network, north.group, reader)).length;
    expect(await see(readerOf('fi', 'liaison'))).toBe(6);
    const { length } = network.requests;
    const sweden = readerOf('se', 'coordinator');
    const outsiders = [
      anonymous,
      sweden,
      ...['nbnp', 'fi'].flatMap((code) => [readerOf(code, 'analyst'), readerOf(code, 'auditor')]),
    ];
    for (const reader of outsiders) expect(await see(reader)).toBe(0);
    const days = { departedOn: week.startsOn, returnedOn: week.startsOn };
    await network.update(Visit, north.visit, days);
    // After the return the plan is open, but for analysts and auditors no deadline is.
    for (const reader of outsiders.filter((one) => one !== sweden))
      expect(await see(reader)).toBe(0);
    expect(network.requests).toHaveLength(length);
  });

  it('needs few requests for many groups, however many members they have', async () => {
    await using network = await openWaiting(kind, '2030-05-06T12:00:00Z');
    await stateDeadlines(network, stated);
    const ids = Array.from({ length: 20 }, (_, index) => `nbnp:many-${index}`);
    const [group] = await network.source.manager.findBy(Group, { id: south.group });
    for (const id of ids) {
      await network.insert(Group, { ...group, id });
      await network.insert(Visit, { id: `${id}-visit`, groupId: id, title: 'V', ...week });
      const officers = Array.from({ length: 12 }, (_, index) => `dk:officer-${index}`);
      await network.insert(
        OfficerNomination,
        ...officers.map((officerId) => ({
          id: `${officerId}-for-${id}`,
          groupId: id,
          officerId,
          acceptedOn: '2030-02-01',
        })),
      );
      const members = officers.map((officer) => ({ id: officer, outstanding: ['FORMALITIES'] }));
      network.facts[`group ${id}`] = { members, officerNominations: [] };
    }
    const aliases = ids.map((id, index) => `a${index}: group(id: "${id}") { ...Warned }`);
    const fragment = 'fragment Warned on Group { warnings { code deadline owner count } }';
    const reader = readerOf('nbnp', 'coordinator');
    const { data } = await network.ask(`{ ${aliases.join(' ')} } ${fragment}`, {}, reader);
    for (const one of Object.values(data as Record<string, { warnings: object[] }>))
      expect(one.warnings).toContainEqual({
        code: 'DEADLINE_PASSED',
        deadline: 'FORMALITIES',
        owner: 'dk',
        count: 12,
      });
    // A group and a visit each: 25 in a request.
    expect(network.requests.length).toBeLessThanOrEqual(4);
  });

  it('makes the programme’s days those of DECISION_OVERDUE', async () => {
    const nominations = [{ id: 'ncm:pending', status: 'PENDING' }];
    const facts = { ...others, delegateNominations: nominations };
    const overdue = async (today: string, deadlines: readonly object[]) => {
      await using network = await openTestTasks(
        kind,
        { ...everythingWaits },
        { PolicyFacts: () => ({ f0: facts }) },
        `${today}T12:00:00Z`,
      );
      await stateDeadlines(network, deadlines);
      const warnings = await read(network, north.group);
      return warnings.filter(({ code }) => code === 'DECISION_OVERDUE').map((one) => one.message);
    };
    const sentence = (days: number) =>
      `The visit “A week” begins within ${days} days or has begun, and NCM has not decided.`;
    expect(await overdue('2030-04-21', [])).toEqual([]);
    expect(await overdue('2030-04-22', [])).toEqual([sentence(14)]);
    expect(await overdue('2030-04-22', [{ kind: 'DECISION', days: 5 }])).toEqual([]);
    expect(await overdue('2030-05-01', [{ kind: 'DECISION', days: 5 }])).toEqual([sentence(5)]);
    expect(await overdue('2030-04-22', [{ kind: 'REPORT', days: 5 }])).toEqual([sentence(14)]);
  });

  it('stands exactly for the tasks that are past a deadline', async () => {
    const today = '2030-06-01';
    await using network = await openWaiting(kind, `${today}T12:00:00Z`);
    const organisations = [codes.networkCode, codes.officesCode, ...codes.policeCodes];
    const kinds: Readonly<Record<string, DeadlineKind>> = {
      NOMINATE: 'NOMINATION',
      DECIDE_NOMINATION: 'DECISION',
      DECIDE_LOAN: 'DECISION',
      COMPLETE_FORMALITIES: 'FORMALITIES',
      OFFER_HOSTING: 'HOST_CONFIRMATION',
      CONFIRM_HOSTING: 'HOST_CONFIRMATION',
      CONFIRM_STOP: 'HOST_CONFIRMATION',
      BRIEF_GROUP: 'BRIEFING',
      HAND_IN_REPORT: 'REPORT',
      DEBRIEF_GROUP: 'DEBRIEFING',
    };
    const given = fc.uniqueArray(
      fc.record({
        kind: fc.constantFrom(...Object.values(kinds)),
        days: fc.integer({ min: 0, max: 150 }),
      }),
      { selector: (one) => one.kind, minLength: 3 },
    );
    const journey = fc.record({
      startsOn: fc.integer({ min: -60, max: 60 }).map((days) => dates.addDays(today, days)),
      state: fc.constantFrom('AHEAD', 'AWAY', 'BACK'),
    });
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(given, journey, async (deadlines, { startsOn, state: of }) => {
        for (const { group, visit } of [north, south]) {
          await network.update(Visit, visit, {
            startsOn,
            endsOn: startsOn,
            departedOn: of === 'AHEAD' ? null : startsOn,
            returnedOn: of === 'BACK' ? startsOn : null,
          });
          await stateDeadlines(network, deadlines);
          const expected = new Map<string, number>();
          for (const organisation of organisations) {
            const query = '{ tasks(first: 1000) { nodes { kind group { id } visit { id } } } }';
            const reader = readerOf(organisation, 'coordinator');
            const { data } = await network.ask(query, {}, reader);
            const { nodes } = data?.['tasks'] as {
              nodes: { kind: string; group: { id: string } | null; visit: { id: string } | null }[];
            };
            for (const task of nodes.filter((one) => one.group?.id === group)) {
              const deadline = deadlines.find((one) => one.kind === kinds[task.kind]);
              if (!deadline) continue;
              const isAfter = ['REPORT', 'DEBRIEFING'].includes(deadline.kind);
              if (!isAfter && of !== 'AHEAD') continue;
              const due = dates.addDays(startsOn, isAfter ? deadline.days : -deadline.days);
              if (due >= today) continue;
              const subject = isAfter ? group : (task.visit?.id ?? group);
              const key = `${deadline.kind} ${organisation} ${subject}`;
              expected.set(key, (expected.get(key) ?? 0) + 1);
            }
          }
          for (const outsider of [
            anonymous,
            readerOf('nbnp', 'analyst'),
            readerOf('ncm', 'auditor'),
          ])
            expect(passed(await read(network, group, outsider))).toEqual([]);
          const warnings = passed(await read(network, group));
          seen += warnings.length;
          expect(warnings.map(say).toSorted()).toEqual(
            [...expected].map(([key, count]) => `${key} ${count}`).toSorted(),
          );
        }
      }),
      { numRuns: 40, seed: 32 },
    );
    expect(seen).toBeGreaterThan(50);
  });
});
