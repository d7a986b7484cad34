import {
  createFactsHub,
  readerOf,
  statementsOf,
  testDatabases,
  type TestPartner,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { GroupMeeting } from '../entities/group.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { relations, type Values } from './batch-relations.js';
import { openTestNetwork } from './test-partner.js';
import { insertHundredOfEach, insertSidesOfEach, numbers } from './test-rows.js';

const askHub = () => Promise.resolve({});

const representations = (type: string, id: string, count: number): Values[] =>
  numbers(count).map((number) => ({
    __typename: type,
    id: id.replace('#', number),
    ...(type === 'OfficerNomination' ? { groupId: `nbnp:group-${number}` } : {}),
    ...(type.endsWith('Hosting') ? { visitId: `nbnp:visit-${number}-1` } : {}),
  }));

describe.each(testDatabases)('_entities on $name', (kind) => {
  it('takes as many statements for a hundred entities as for one, in every relation', async () => {
    await using network = await openTestNetwork(kind, 'nothing', undefined, askHub);
    await insertHundredOfEach(network.source);
    await insertSidesOfEach(network.source);
    for (const [type, id, selection, first, statements] of relations) {
      const costOf = (count: number) =>
        statementsOf(network.source, async () => {
          const answer = await network.entities(
            representations(type, id, count),
            `... on ${type} { ${selection} }`,
          );
          expect(answer).toHaveLength(count);
          expect(answer[0], `${type} ${selection}`).toEqual(first);
          expect(answer.every((entity) => entity !== null)).toBe(true);
        });
      // An organisation that is its own parent is loaded already.
      expect([await costOf(1), await costOf(100)], `${type} ${selection}`).toEqual([
        statements,
        statements,
      ]);
    }
  });
});

/** Each root list, with all relations of its rows. */
const lists: readonly string[] = [
  'organisations(first: #) { nodes { parent { id } chairs { role } events { id } claims { value } } totalCount }',
  'events(first: #) { nodes { countries roles { party { id } } partOf { id } parts { id } programme { title } claims { value } } totalCount }',
  'groups(first: #) { nodes { programme { title } visits { stops { id } experts { id } missingSectors hostCountries } warnings { code } } totalCount }',
  'visits(first: #) { nodes { group { programme { title } } stops { site { id } } } totalCount }',
  'contacts(first: #) { nodes { strength parties { id } events { title } } totalCount }',
];

/** So that nothing is known from the reading before: contacts are kept until a commit. */
const changeSomething = ({ source }: TestPartner) =>
  source.manager.update(Organisation, { id: 'nbnp:organisation-001' }, { name: '001' });

describe.each(testDatabases)('totalCount on $name', (kind) => {
  it('is read in the same statement as the rows', async () => {
    await using network = await openTestNetwork(kind, 'nothing', undefined, askHub);
    await insertHundredOfEach(network.source);
    for (const list of ['organisations', 'events', 'groups', 'visits', 'contacts']) {
      const row = list === 'contacts' ? 'strength' : 'id';
      const costOf = async (counts: string) => {
        await changeSomething(network);
        return statementsOf(network.source, () =>
          network.read(`{ ${list} { nodes { ${row} } ${counts} } }`),
        );
      };
      expect(await costOf('totalCount'), list).toBe(await costOf(''));
    }
  });
});

describe.each(testDatabases)('Query on $name', (kind) => {
  it('takes as many statements for a page of a hundred as for a page of one', async () => {
    await using network = await openTestNetwork(kind, 'nothing', undefined, askHub);
    await insertHundredOfEach(network.source);
    for (const query of lists) {
      const costOf = async (first: number) => {
        await changeSomething(network);
        return statementsOf(network.source, () =>
          network.read(`{ ${query.replace('#', String(first))} }`),
        );
      };
      expect(await costOf(100), query).toBe(await costOf(1));
    }
  });
});

/** The selections for the given number of records. */
type AccessPath = (count: number) => readonly [query: string, variables: Values];

/**
 * Callers whose rights follow from facts: senders, hosts, co-ordinators, and callers without a
 * part.
 */
const organisations = ['dk', 'fi', 'ncm', 'lv'];

describe.each(testDatabases)('FORBIDDEN on $name', (kind) => {
  it('takes as many statements to decide for a hundred records as for one', async () => {
    await using network = await openTestNetwork(kind, 'nothing', undefined, askHub);
    await insertHundredOfEach(network.source);
    const visit = 'title stops { id title visit { id } } missingSectors experts { id role }';
    const list: AccessPath = (count) => [
      `{ visits(first: ${count}) { nodes { ${visit} } totalCount } }`,
      {},
    ];
    const entities =
      (type: string, id: string, selection: string): AccessPath =>
      (count) => [
        `query ($representations: [_Any!]!) {
          _entities(representations: $representations) { ... on ${type} { ${selection} } } }`,
        { representations: representations(type, id, count) },
      ];
    const accessPaths = [
      list,
      entities('Visit', 'nbnp:visit-#-1', visit),
      entities('ItineraryStop', 'nbnp:stop-#-1', 'id title'),
      entities('OfficerNomination', 'dk:nomination-#-1', 'acceptedOn reason'),
      entities('Group', 'nbnp:group-#', 'meetings { agenda missed }'),
    ];
    for (const accessPath of accessPaths) {
      for (const organisation of organisations) {
        const reader = readerOf(organisation, 'coordinator');
        const costOf = (count: number) =>
          statementsOf(network.source, () => {
            const [query, variables] = accessPath(count);
            return network.ask(query, variables, reader);
          });
        const [query] = accessPath(1);
        expect(await costOf(100), `${organisation}: ${query}`).toBe(await costOf(1));
      }
    }
  });
});

describe.each(testDatabases)('GroupMeeting.missed on $name', (kind) => {
  it('asks the hub once for the delegates of many groups, whatever they have of meetings', async () => {
    const hub = createFactsHub(() => ({ delegates: [{ id: 'ncm:delegate' }] }));
    await using network = await openTestNetwork(kind, 'nothing', undefined, hub.askHub);
    await insertHundredOfEach(network.source);
    await insertSidesOfEach(network.source);
    const ids = numbers(20).map((number) => `nbnp:sided-${number}`);
    const meetings = ids.flatMap((groupId) =>
      (['BRIEFING', 'DEBRIEFING'] as const).map((of) => ({ groupId, kind: of, on: '2026-11-01' })),
    );
    await network.source.manager.insert(
      GroupMeeting,
      meetings.map((meeting) => ({ ...meeting, attendees: [] })),
    );
    const found = await network.entities(
      ids.map((id) => ({ __typename: 'Group', id })),
      '... on Group { meetings { missed } }',
    );
    expect(found).toEqual(ids.map(() => ({ meetings: [{ missed: 1 }, { missed: 1 }] })));
    expect(hub.asked).toEqual([ids.map((id) => `group ${id}`)]);
  });
});
