import type { Reader } from '@hub/shared/identity';
import { readerOf, testDatabases, type TestPartner } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Visit } from '../entities/visit.entity.js';
import { openTestJourneys, organisations } from '../testing/test-journeys.js';
import { outcomesOf, readersOf } from '../testing/test-outcomes.js';
import { mayReadItinerary } from '../testing/test-table.js';

/** The groups of the test journeys, by the part of the offices. Each has a visit that is ahead. */
const groups = {
  arranged: 'coordinate',
  mixed: 'send',
  eastward: 'host',
  alone: 'nothing',
} as const;

const ofVisit = ['kind', 'on', 'place'];
const ofPlan = ['agenda', 'outcome', 'attended', 'missed'];
const meetings = `meetings { ${[...ofVisit, ...ofPlan].join(' ')} }`;

/** Each road to the meetings of a group, and where its response has the first of them. */
const pathsOf = (group: string) => [
  {
    query: `{ group(id: "${group}") { ${meetings} } }`,
    path: ['group', 'meetings', 0],
  },
  {
    query: `query ($it: [_Any!]!) { _entities(representations: $it) { ... on Group { ${meetings} } } }`,
    variables: { it: [{ __typename: 'Group', id: group }] },
    path: ['_entities', 0, 'meetings', 0],
  },
];

async function expectOutcomes(
  network: TestPartner,
  group: string,
  expected: (reader: Reader, field: string) => string,
): Promise<void> {
  for (const { query, variables, path } of pathsOf(`nbnp:${group}`)) {
    for (const [name, reader] of readersOf(organisations)) {
      const answer = await network.ask(query, { ...variables }, reader);
      const fields = [...ofVisit, ...ofPlan];
      expect(outcomesOf(answer, path, fields), `${path[0]} ${group} to ${name}`).toEqual(
        Object.fromEntries(fields.map((field) => [field, expected(reader, field)])),
      );
    }
  }
}

describe.each(testDatabases)('GroupMeeting on $name', (kind) => {
  it('shows the meeting to callers with a token, and what it was about to those who may read the plan', async () => {
    await using network = await openTestJourneys(kind);
    for (const [group, offices] of Object.entries(groups)) {
      const journey = { id: '', group, hasEnded: false, offices };
      await expectOutcomes(network, group, (reader, field) => {
        if (reader.kind !== 'person') return 'absent';
        return ofVisit.includes(field) || mayReadItinerary(reader, journey) ? 'read' : 'FORBIDDEN';
      });
    }
  });

  it('shows the meeting to everybody, and all of it to analysts, once every visit has ended', async () => {
    await using network = await openTestJourneys(kind);
    const ended = { id: '', group: 'alone', hasEnded: true, offices: 'nothing' } as const;
    for (const moment of ['overdue', 'ahead', 'undated'])
      await network.source.manager.update(
        Visit,
        { id: `nbnp:visit-alone-${moment}` },
        { cancelledOn: '2025-01-05' },
      );
    await expectOutcomes(network, 'alone', (reader, field) =>
      ofVisit.includes(field) || mayReadItinerary(reader, ended) ? 'read' : 'FORBIDDEN',
    );
  });

  it('shows it to the senders and the office before a visit is planned', async () => {
    await using network = await openTestJourneys(kind);
    await network.source.manager.update(
      Visit,
      { groupId: 'nbnp:arranged' },
      { cancelledOn: '2025-01-05' },
    );
    const planners = ['nbnp', 'ncm', 'dk'];
    await expectOutcomes(network, 'arranged', (reader, field) => {
      if (reader.kind !== 'person') return 'absent';
      const isPlanner =
        planners.includes(reader.organisation) && !['analyst', 'auditor'].includes(reader.role);
      return ofVisit.includes(field) || isPlanner ? 'read' : 'FORBIDDEN';
    });
  });

  it('is decided for each group of a request', async () => {
    await using network = await openTestJourneys(kind);
    const names = ['alone', 'arranged', 'mixed'] as const;
    const query = `{ ${names.map((name) => `${name}: group(id: "nbnp:${name}") { ${meetings} }`).join(' ')} }`;
    const office = readerOf('ncm', 'coordinator');
    const answer = await network.ask(query, {}, office);
    for (const group of names) {
      const journey = { id: '', group, hasEnded: false, offices: groups[group] };
      const outcome = mayReadItinerary(office, journey) ? 'read' : 'FORBIDDEN';
      expect(outcomesOf(answer, [group, 'meetings', 0], ofPlan), group).toEqual(
        Object.fromEntries(ofPlan.map((field) => [field, outcome])),
      );
    }
  });

  it('is recorded as read where it says what the meeting was about', async () => {
    await using network = await openTestJourneys(kind);
    const [path] = pathsOf('nbnp:alone');
    await network.ask(path?.query ?? '');
    const { networkDisclosures } = await network.read(
      '{ networkDisclosures { nodes { type fields } } }',
      {},
      readerOf('nbnp', 'auditor'),
    );
    expect(networkDisclosures).toEqual({
      nodes: [{ type: 'GroupMeeting', fields: ofPlan.toSorted() }],
    });
  });
});
