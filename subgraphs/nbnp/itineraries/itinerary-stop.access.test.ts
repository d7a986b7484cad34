import type { Reader } from '@hub/shared/identity';
import { readerOf, statementsOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  assignmentOf,
  journeys,
  openTestJourneys,
  organisations,
  stopOf,
  type Journey,
} from '../testing/test-journeys.js';
import { findPath, outcomesOf, readersOf, type Path } from '../testing/test-outcomes.js';
import { mayReadItinerary } from '../testing/test-table.js';

interface AccessPath {
  readonly name: string;
  readonly query: string;
  readonly variables?: object;
  readonly fields: readonly string[];
  readonly keyOf: (journey: Journey) => string;
  /** The path of an object with this id in the response. A list may or may not contain it. */
  readonly pathOf?: (index: number) => Path;
}

const own = ['id', 'hostCountry', 'day', 'from', 'to', 'title', 'sector', 'version'];
const stopFields = [...own, 'visit', 'site'];
const confirmation = ['hostConfirmedVersion', 'officeConfirmedVersion', 'confirmed'];
// The site is reached through the interface, and through a fragment on it.
const stop = `key: id ${own.join(' ')} visit { id } site { id ... on NationalSite { __typename id } }`;
const stops = { fields: stopFields, keyOf: stopOf };

const assignment = 'key: id id role languages expert { id }';
const assignments = { fields: ['id', 'role', 'languages', 'expert'], keyOf: assignmentOf };

const accessPaths: readonly AccessPath[] = [
  {
    name: 'itineraryStop(id)',
    query: `{ ${journeys.map((journey, index) => `s${index}: itineraryStop(id: "${stopOf(journey)}") { ${stop} }`).join(' ')} }`,
    pathOf: (index) => [`s${index}`],
    ...stops,
  },
  {
    name: '_entities',
    query: `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on ItineraryStop { ${stop} ${confirmation.join(' ')} } } }`,
    variables: {
      representations: journeys.map((journey) => ({
        __typename: 'ItineraryStop',
        id: stopOf(journey),
        hostConfirmedVersion: 1,
        officeConfirmedVersion: 1,
      })),
    },
    pathOf: (index) => ['_entities', index],
    keyOf: stopOf,
    fields: [...stopFields, ...confirmation],
  },
  { name: 'visits.stops', query: `{ visits { nodes { stops { ${stop} } } } }`, ...stops },
  {
    name: 'groups.visits.stops',
    query: `{ groups { nodes { visits { stops { ${stop} } } } } }`,
    ...stops,
  },
  {
    name: 'visits.experts',
    query: `{ visits { nodes { experts { ${assignment} } } } }`,
    ...assignments,
  },
  {
    name: 'groups.visits.experts',
    query: `{ groups { nodes { visits { experts { ${assignment} } } } } }`,
    ...assignments,
  },
];

describe.each(testDatabases)('ItineraryStop and ExpertAssignment on $name', (kind) => {
  it('show each caller what the table says, on every access path', async () => {
    await using network = await openTestJourneys(kind);
    for (const { name: accessPath, query, variables, fields, keyOf, pathOf } of accessPaths) {
      for (const [name, reader] of readersOf(organisations)) {
        const answer = await network.ask(query, { ...variables }, reader);
        journeys.forEach((journey, index) => {
          const path = pathOf?.(index) ?? findPath(answer.data, keyOf(journey));
          const unseen = pathOf ? 'FORBIDDEN' : 'absent';
          const outcome = mayReadItinerary(reader, journey) ? 'read' : unseen;
          expect(
            outcomesOf(answer, path, fields),
            `${accessPath}: ${keyOf(journey)} to ${name}`,
          ).toEqual(Object.fromEntries(fields.map((field) => [field, outcome])));
        });
      }
    }
  });
});

describe.each(testDatabases)('Query.itineraryStop on $name', (kind) => {
  const hidden = 'nbnp:stop-alone-ahead';
  const missing = 'nbnp:stop-alone-aheax';

  it('treats a hidden stop like an unknown one, with as many statements', async () => {
    await using network = await openTestJourneys(kind);
    const queries = [
      (id: string) => ({ query: `{ itineraryStop(id: "${id}") { id } }`, variables: {} }),
      (id: string) => ({
        query: `query ($representations: [_Any!]!) {
          _entities(representations: $representations) { ... on ItineraryStop { id } } }`,
        variables: { representations: [{ __typename: 'ItineraryStop', id }] },
      }),
    ];
    for (const [name, reader] of readersOf(['dk', 'lv', 'ee'])) {
      if (name.endsWith(' of dk') && !/^(analyst|auditor)/.test(name)) continue;
      for (const accessPath of queries) {
        const ask = async (id: string) => {
          const { query, variables } = accessPath(id);
          let answer = '';
          const statements = await statementsOf(network.source, async () => {
            answer = JSON.stringify(await network.ask(query, variables, reader));
          });
          return { answer, statements };
        };
        const refused = await ask(hidden);
        expect(refused, name).toEqual(await ask(missing));
        expect(refused.answer, name).toContain('FORBIDDEN');
        expect(refused.statements, name).toBeGreaterThan(0);
      }
    }
  });

  it('says that a stop does not exist only to callers who may read every stop', async () => {
    await using network = await openTestJourneys(kind);
    const ask = async (reader: Reader) =>
      outcomesOf(
        await network.ask(`{ itineraryStop(id: "${missing}") { id } }`, {}, reader),
        [],
        ['itineraryStop'],
      )['itineraryStop'];
    expect(await ask(readerOf('nbnp', 'coordinator'))).toBe('null');
    expect(await ask(readerOf('nbnp', 'liaison'))).toBe('null');
    expect(await ask(readerOf('dk', 'coordinator'))).toBe('FORBIDDEN');
    expect(await ask(readerOf('fi', 'liaison'))).toBe('FORBIDDEN');
    expect(await ask(readerOf('ncm', 'coordinator'))).toBe('FORBIDDEN');
  });
});
