import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { away, north, openTestVisits, south, type TestVisits } from '../testing/test-visits.js';

/** The sending sides’ facts about their groups. A test may change them. */
const createSides = () => {
  const facts: Record<string, Record<string, unknown>> = {
    [north.group]: {
      delegateCount: 3,
      delegatesBriefedOn: null,
      delegatesDebriefedOn: null,
      delegateReportsReceived: 1,
    },
    [south.group]: { officerReportsReceived: 0 },
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

async function readWarnings(network: TestVisits): Promise<Record<string, unknown>> {
  const { groups } = await network.read<{
    groups: { nodes: readonly { readonly name: string; readonly warnings: unknown }[] };
  }>('{ groups { nodes { name warnings } } }');
  return Object.fromEntries(groups.nodes.map(({ name, warnings }) => [name, warnings]));
}

async function setDates(network: TestVisits, dates: Partial<Visit>): Promise<void> {
  for (const { visit } of [north, south]) await network.update(Visit, visit, dates);
}

describe.each(testDatabases)('Group.warnings on $name', (kind) => {
  it('requests due items from the sending sides, for many groups at once, each time', async () => {
    const { facts, PolicyFacts } = createSides();
    await using network = await openTestVisits(kind, { PolicyFacts });
    const none = { north: [], 'north-2': [], south: [], 'south-2': [] };
    expect(await readWarnings(network)).toEqual(none);
    expect(network.asked).toEqual([]);

    await setDates(network, { departedOn: '2030-05-06' });
    const unbriefed =
      'The group departed without the briefing that is due before a visit to the Nordic countries.';
    expect(await readWarnings(network)).toEqual({ ...none, north: [unbriefed] });
    expect(network.asked).toHaveLength(1);

    await setDates(network, { returnedOn: '2030-05-11' });
    const outstanding = (reports: string) =>
      `The group has returned, and ${reports} reports are outstanding.`;
    expect(await readWarnings(network)).toEqual({
      ...none,
      north: [unbriefed, debriefing, outstanding('2 of 3')],
      south: [debriefing, outstanding('2 of 2')],
    });

    facts[south.group] = { officerReportsReceived: 2 };
    await network.update(Group, south.group, { debriefedOn: '2030-06-01' });
    expect(await readWarnings(network)).toMatchObject({ south: [] });
  });

  it('warns from the network’s own facts when no other partner responds', async () => {
    await using network = await openTestVisits(kind, { PolicyFacts: away('ncm') });
    await setDates(network, { departedOn: '2030-05-06', returnedOn: '2030-05-11' });
    expect(await readWarnings(network)).toMatchObject({ north: [], south: [debriefing] });
  });

  it('sends no request about a cancelled group', async () => {
    await using network = await openTestVisits(kind);
    await setDates(network, { departedOn: '2030-05-06' });
    await network.update(Group, north.group, { cancelledOn: '2030-05-07' });
    expect(await readWarnings(network)).toMatchObject({ north: [] });
  });
});
