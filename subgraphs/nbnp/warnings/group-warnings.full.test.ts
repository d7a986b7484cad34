import { anonymous, type Reader } from '@hub/shared/identity';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { ExpertAssignment, Visit } from '../entities/visit.entity.js';
import { away, north, openTestVisits, south, type TestVisits } from '../testing/test-visits.js';

/** The sending sides’ facts about their groups. A test may change them. */
const createSides = () => {
  const facts: Record<string, Record<string, unknown>> = {
    [north.group]: {
      delegateCount: 3,
      delegatesBriefedOn: null,
      delegatesDebriefedOn: null,
      delegateReportsReceived: 1,
      delegateFormalitiesOpen: 3,
    },
    [south.group]: { officerReportsReceived: 0, officerFormalitiesOpen: 4 },
  };
  return {
    facts,
    PolicyFacts: (variables: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(
        Object.values(variables).map((id, index) => [`f${index}`, facts[String(id)] ?? null]),
      ),
  };
};

const debriefing = 'The group has returned and has not met for its debriefing.';

/** A return from the visits can still be recorded. */
const beforeDue = '2030-06-10T12:00:00Z';

interface Told {
  readonly message: string;
}

async function readWarnings(network: TestVisits): Promise<Record<string, unknown>> {
  const { groups } = await network.read<{
    groups: { nodes: readonly { readonly name: string; readonly warnings: readonly Told[] }[] };
  }>('{ groups { nodes { name warnings { message } } } }');
  return Object.fromEntries(
    groups.nodes.map(({ name, warnings }) => [name, warnings.map(({ message }) => message)]),
  );
}

async function setDates(network: TestVisits, dates: Partial<Visit>): Promise<void> {
  for (const { visit } of [north, south]) await network.update(Visit, visit, dates);
}

describe.each(testDatabases)('Group.warnings on $name', (kind) => {
  it.each([
    [beforeDue, false],
    ['2030-06-11T12:00:00Z', true],
  ])('says on %s that a return is overdue: %s', async (now, isOverdue) => {
    const { PolicyFacts } = createSides();
    await using network = await openTestVisits(kind, { PolicyFacts }, now);
    await setDates(network, { departedOn: '2030-05-06' });
    const read = async (reader?: Reader) => {
      const query = `{ group(id: "${south.group}") { warnings { code subject dueOn } } }`;
      const { data } = await network.ask(query, {}, reader);
      const { warnings } = data?.['group'] as { warnings: readonly { code: string }[] };
      return warnings.filter(({ code }) => code === 'RETURN_OVERDUE');
    };
    const told = { code: 'RETURN_OVERDUE', subject: south.visit, dueOn: '2030-06-10' };
    expect(await read()).toEqual(isOverdue ? [told] : []);
    expect(await read(anonymous)).toEqual([]);
  });

  it('requests due items from the sending sides, for many groups at once, each time', async () => {
    const { facts, PolicyFacts } = createSides();
    await using network = await openTestVisits(kind, { PolicyFacts }, beforeDue);
    await network.source.manager.delete(ExpertAssignment, { visitId: north.visit });
    const none = { north: [], 'north-2': [], south: [], 'south-2': [] };
    const open = (count: number) =>
      `The group has not departed, and ${count} formalities of its members are open.`;
    expect(await readWarnings(network)).toEqual({ ...none, north: [open(3)], south: [open(4)] });
    // One request of each sending side, and one about the hosts.
    expect(network.asked).toHaveLength(3);

    await setDates(network, { departedOn: '2030-05-06' });
    const unbriefed = 'The group departed without the briefing that it needed.';
    expect(await readWarnings(network)).toEqual({ ...none, north: [unbriefed] });
    // Also about the groups that have not departed.
    expect(network.asked).toHaveLength(7);

    await setDates(network, { returnedOn: '2030-05-11' });
    const outstanding = (reports: string) =>
      `The group has returned, and ${reports} reports are outstanding.`;
    expect(await readWarnings(network)).toEqual({
      ...none,
      north: [unbriefed, debriefing, outstanding('2 of 3')],
      south: [debriefing, outstanding('2 of 2')],
    });

    facts[south.group] = { officerReportsReceived: 2 };
    await network.insert(GroupMeeting, {
      groupId: south.group,
      kind: 'DEBRIEFING',
      on: '2030-06-01',
    });
    expect(await readWarnings(network)).toMatchObject({ south: [] });
  });

  it('has no number of formalities for callers without a task: the owners decide who reads it', async () => {
    const { facts, PolicyFacts } = createSides();
    await using network = await openTestVisits(kind, { PolicyFacts }, beforeDue);
    await network.source.manager.delete(ExpertAssignment, { visitId: north.visit });
    const read = async (reader: Reader) => {
      const query = `{ groups { nodes { name warnings { code count } } } }`;
      const { data, errors } = await network.ask(query, {}, reader);
      expect(errors).toBeUndefined();
      const { nodes } = data?.['groups'] as { nodes: { name: string; warnings: object[] }[] };
      return Object.fromEntries(nodes.map(({ name, warnings }) => [name, warnings]));
    };
    const open = (count: number) => (count === 0 ? [] : [{ code: 'FORMALITIES_OPEN', count }]);
    for (const count of [0, 1, 4, 5, 9]) {
      facts[north.group] = { delegateFormalitiesOpen: count };
      // Of two police forces: one of them may have few, whatever both have together.
      facts[south.group] = { officerFormalitiesOpen: count };
      for (const reader of [anonymous, readerOf('dk', 'analyst'), readerOf('is', 'coordinator')])
        expect(await read(reader), `${count}`).toMatchObject({ north: [], south: [] });
      expect(await read(readerOf('nbnp', 'liaison')), `${count}`).toMatchObject({
        north: open(count),
        south: open(count),
      });
    }
  });

  it('has the network’s own warnings, and an error at its path, while an owner is unavailable', async () => {
    await using network = await openTestVisits(kind, { PolicyFacts: away('ncm') }, beforeDue);
    await network.update(Group, north.group, { plannedSize: 9 });
    await network.source.manager.delete(ExpertAssignment, { visitId: north.visit });
    await setDates(network, { departedOn: '2030-05-06', returnedOn: '2030-05-11' });
    const { data, errors } = await network.ask(
      '{ group(id: "nbnp:north") { name warnings { code } } }',
    );
    // Whether a meeting or a report is missing, only the offices know.
    const warnings = [{ code: 'PLANNED_TOO_MANY' }];
    expect(data).toEqual({ group: { name: 'north', warnings } });
    expect(errors).toMatchObject([
      {
        path: ['group', 'warnings'],
        extensions: { code: 'PARTNER_UNAVAILABLE', partner: 'ncm' },
      },
    ]);
  });

  it('names each expert who is not lent, until she is lent or released, or the group is back', async () => {
    const loan = { id: 'nbnp:assignment', status: 'REQUESTED', isLoanPutBack: false };
    const police = { isAway: false };
    const PolicyFacts = () =>
      police.isAway ? away('lt')() : { f0: { visits: [{ experts: [loan] }] } };
    await using network = await openTestVisits(kind, { PolicyFacts }, beforeDue);
    const read = async () => (await readWarnings(network))['north'];
    expect(
      await network.read(
        '{ group(id: "nbnp:north") { warnings { code subject owner dueOn count expected } } }',
      ),
    ).toEqual({
      group: {
        warnings: [
          {
            code: 'LOAN_UNDECIDED',
            subject: 'nbnp:assignment',
            owner: 'lt',
            dueOn: '2030-05-06',
            count: null,
            expected: null,
          },
        ],
      },
    });
    const waits = 'The visit “A week” waits for an expert: LT has not decided on the loan.';
    expect(await read()).toEqual([waits]);
    loan.status = 'REFUSED';
    expect(await network.read('{ group(id: "nbnp:north") { warnings { code owner } } }')).toEqual({
      group: { warnings: [{ code: 'LOAN_REFUSED', owner: 'nbnp' }] },
    });
    const lacks =
      'The visit “A week” lacks an expert: LT refused the loan. Release the assignment.';
    expect(await read()).toEqual([lacks]);
    const codes = async () =>
      network.read('{ group(id: "nbnp:north") { warnings { code owner } } }');
    Object.assign(loan, { status: 'REQUESTED', isLoanPutBack: true });
    expect(await codes()).toEqual({
      group: { warnings: [{ code: 'LOAN_PUT_BACK', owner: 'lt' }] },
    });
    Object.assign(loan, { status: 'WITHDRAWN', isLoanPutBack: false });
    expect(await codes()).toEqual({
      group: { warnings: [{ code: 'LOAN_WITHDRAWN', owner: 'nbnp' }] },
    });
    police.isAway = true;
    const { data, errors } = await network.ask('{ group(id: "nbnp:north") { warnings { code } } }');
    expect(data).toEqual({ group: { warnings: [] } });
    expect(errors).toMatchObject([{ extensions: { partner: 'lt' } }]);
    police.isAway = false;
    loan.status = 'LENT';
    expect(await read()).toEqual([]);
    loan.status = 'REFUSED';
    await network.update(Visit, north.visit, { cancelledOn: '2030-04-01' });
    expect(await read()).toEqual([]);
    await network.update(Visit, north.visit, { cancelledOn: null });
    await network.done('releaseExpert', { assignment: 'nbnp:assignment' });
    expect(await read()).toEqual([]);
  });

  it('names no expert to those who may not read the plan of the visit', async () => {
    await using network = await openTestVisits(kind, { PolicyFacts: () => ({}) });
    for (const reader of [
      anonymous,
      readerOf('fi', 'auditor'),
      readerOf('fi', 'analyst'),
      readerOf('se', 'coordinator'),
    ]) {
      const { data } = await network.ask(
        '{ group(id: "nbnp:north") { warnings { code } } }',
        {},
        reader,
      );
      expect(data).toEqual({ group: { warnings: [] } });
    }
    // Once for each reader, about the formalities alone.
    expect(network.asked).toEqual(Array(4).fill('PolicyFacts'));
  });

  it('counts who missed the briefing, for those who may read who came, before the departure', async () => {
    const { facts, PolicyFacts } = createSides();
    facts[north.group] = {
      delegateCount: 3,
      delegateFormalitiesOpen: 0,
      delegateMeetings: [{ kind: 'BRIEFING', missed: 2 }],
    };
    facts[south.group] = { officerFormalitiesOpen: 0 };
    const queries: string[] = [];
    await using network = await openTestVisits(kind, {
      PolicyFacts(variables, _network, query) {
        queries.push(query);
        return PolicyFacts(variables);
      },
    });
    await network.source.manager.delete(ExpertAssignment, { visitId: north.visit });
    const briefing = { groupId: south.group, kind: 'BRIEFING' as const };
    await network.insert(GroupMeeting, { ...briefing, on: '2030-04-01' });
    const warned = (missed: string) => [
      `The group has not departed, and ${missed} members missed the briefing.`,
    ];
    expect(await readWarnings(network)).toMatchObject({ north: warned('2 of 3'), south: [] });
    const { manager } = network.source;
    await manager.update(GroupMeeting, briefing, { attendees: ['dk:officer-1'] });
    expect(await readWarnings(network)).toMatchObject({ south: warned('1 of 2') });

    const read = async (reader: Reader) => {
      const query =
        '{ north: group(id: "nbnp:north") { warnings { message } } south: group(id: "nbnp:south") { warnings { message } } }';
      return (await network.ask(query, {}, reader)).data;
    };
    const told = (missed: string) => ({ warnings: warned(missed).map((message) => ({ message })) });
    const [ofNorth, ofSouth] = [told('2 of 3'), told('1 of 2')];
    const none = { warnings: [] };
    // Finland hosts one group and sends to the other; the offices host both in Russia.
    for (const [reader, north, south] of [
      [readerOf('fi', 'liaison'), ofNorth, ofSouth],
      [readerOf('dk', 'coordinator'), none, ofSouth],
      [readerOf('ncm', 'coordinator'), ofNorth, ofSouth],
      [readerOf('se', 'coordinator'), none, none],
      [readerOf('fi', 'auditor'), none, none],
      [readerOf('nbnp', 'analyst'), none, none],
      [anonymous, none, none],
    ] as const) {
      queries.length = 0;
      expect(await read(reader), JSON.stringify(reader)).toEqual({ north, south });
      // The offices record each reading of who came.
      expect(queries.some((query) => query.includes('delegateMeetings'))).toBe(north === ofNorth);
    }

    await manager.update(GroupMeeting, briefing, { attendees: ['dk:officer-1', 'fi:officer-1'] });
    facts[north.group] = { delegateCount: 3, delegateFormalitiesOpen: 0, delegateMeetings: [] };
    expect(await readWarnings(network)).toMatchObject({ north: [], south: [] });
  });

  it('sends no request about a cancelled group', async () => {
    const ids: unknown[] = [];
    const PolicyFacts = (variables: Readonly<Record<string, unknown>>) => {
      ids.push(...Object.values(variables));
      return {};
    };
    await using network = await openTestVisits(kind, { PolicyFacts }, beforeDue);
    await setDates(network, { departedOn: '2030-05-06' });
    await network.update(Group, north.group, { cancelledOn: '2030-05-07' });
    expect(await readWarnings(network)).toMatchObject({ north: [] });
    expect(ids).not.toContain(north.group);
  });
});
