import { anonymous, type Reader } from '@hub/shared/identity';
import { createFactsHub, readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Visit } from '../entities/visit.entity.js';
import {
  expectHidden,
  journeys,
  openTestJourneys,
  organisations,
  stopOf,
  type Journey,
} from '../testing/test-journeys.js';
import {
  findPath,
  outcomesOf,
  readersOf,
  type Outcome,
  type Path,
} from '../testing/test-outcomes.js';
import { openTestNetwork } from '../testing/test-partner.js';
import { mayReadItinerary, mayReadVisit } from '../testing/test-table.js';

const dates = ['title', 'startsOn', 'endsOn', 'departedOn', 'returnedOn', 'version'];
const visitFields = ['id', ...dates, 'hostCountries', 'hosts', 'group'];
const itineraryFields = ['stops', 'missingSectors', 'experts'];
const fields = [...visitFields, ...itineraryFields];
const selection = `key: id ${visitFields.join(' ').replace('hosts', 'hosts { country owner }')} { id } stops { id } missingSectors experts { id }`;

interface AccessPath {
  readonly name: string;
  readonly query: string;
  readonly variables?: object;
  /** The path of a visit with this id in the response. A list may or may not contain it. */
  readonly pathOf?: (index: number) => Path;
  readonly leadsTo?: (journey: Journey, reader: Reader) => boolean;
}

const entities = (representations: readonly object[], fragment: string) => ({
  query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${fragment} } }`,
  variables: { representations },
});

const aliased = (field: (journey: Journey) => string): string =>
  `{ ${journeys.map((journey, index) => `v${index}: ${field(journey)}`).join(' ')} }`;

const accessPaths: readonly AccessPath[] = [
  {
    name: 'visit(id)',
    query: aliased(({ id }) => `visit(id: "${id}") { ${selection} }`),
    pathOf: (index) => [`v${index}`],
  },
  {
    name: '_entities',
    ...entities(
      journeys.map(({ id }) => ({ __typename: 'Visit', id })),
      `... on Visit { ${selection} }`,
    ),
    pathOf: (index) => ['_entities', index],
  },
  ...['Hosting', 'RegionalHosting'].map((__typename) => ({
    name: `${__typename}.visit`,
    ...entities(
      journeys.map(({ id }) => ({ __typename, id: 'fi:hosting', visitId: id })),
      `... on ${__typename} { visit { ${selection} } }`,
    ),
    pathOf: (index: number) => ['_entities', index, 'visit'],
  })),
  {
    name: 'itineraryStop(id).visit',
    query: aliased(
      (journey) => `itineraryStop(id: "${stopOf(journey)}") { visit { ${selection} } }`,
    ),
    leadsTo: (journey, reader) => mayReadItinerary(reader, journey),
  },
  { name: 'visits.nodes', query: `{ visits { nodes { ${selection} } } }` },
  { name: 'visits.edges', query: `{ visits { edges { node { ${selection} } } } }` },
  { name: 'groups.visits', query: `{ groups { nodes { visits { ${selection} } } } }` },
  {
    name: 'programmes.groups.visits',
    query: `{ programmes { groups { visits { ${selection} } } } }`,
  },
  {
    name: 'a fragment on Party',
    query: `{ programmes { roles { party { ... on Office { coordinatedGroups { visits { ${selection} } } } } } } }`,
    leadsTo: ({ offices }) => offices === 'coordinate',
  },
];

const readers = readersOf(organisations);

function expectFields(reader: Reader, journey: Journey, { pathOf, leadsTo }: AccessPath) {
  const isLed = leadsTo?.(journey, reader) ?? true;
  const unseen: Outcome = pathOf ? 'FORBIDDEN' : 'absent';
  const isVisible = isLed && mayReadVisit(reader, journey);
  const isOpen = isVisible && mayReadItinerary(reader, journey);
  const nulls = [
    ...(journey.id.endsWith('undated') ? ['startsOn', 'endsOn'] : []),
    ...(journey.hasEnded ? [] : ['returnedOn']),
  ];
  const outcomes = fields.map((field): readonly [string, Outcome] => {
    if (!isVisible) return [field, unseen];
    if (itineraryFields.includes(field)) return [field, isOpen ? 'read' : 'FORBIDDEN'];
    return [field, nulls.includes(field) ? 'null' : 'read'];
  });
  return Object.fromEntries(outcomes);
}

describe.each(testDatabases)('Visit on $name', (kind) => {
  it('shows each caller what the table says, on every access path', async () => {
    await using network = await openTestJourneys(kind);
    for (const accessPath of accessPaths) {
      for (const [name, reader] of readers) {
        const answer = await network.ask(accessPath.query, { ...accessPath.variables }, reader);
        journeys.forEach((journey, index) => {
          const path = accessPath.pathOf?.(index) ?? findPath(answer.data, journey.id);
          const what = `${accessPath.name}: ${journey.id} to ${name}`;
          expect(outcomesOf(answer, path, fields), what).toEqual(
            expectFields(reader, journey, accessPath),
          );
        });
      }
    }
  });

  it('is counted only for callers who may see it, with any filter', async () => {
    await using network = await openTestJourneys(kind);
    const filters = [
      {},
      { programme: 'nbnp:programme' },
      { group: 'nbnp:alone' },
      { hostCountry: 'FI' },
      { from: '2026-11-01' },
      { to: '2026-11-22' },
    ];
    const query = `query ($filter: VisitFilter) {
      visits(filter: $filter, first: 1) { nodes { id } totalCount pageInfo { hasNextPage } } }`;
    const count = async (reader: Reader) => {
      const answers = filters.map((filter) => network.read(query, { filter }, reader));
      return (await Promise.all(answers)).map(({ visits }) => {
        const { totalCount, pageInfo } = visits as {
          totalCount: number;
          pageInfo: { hasNextPage: boolean };
        };
        expect(pageInfo.hasNextPage).toBe(totalCount > 1);
        return totalCount;
      });
    };
    for (const [name, reader] of readers) {
      const seen = reader.kind === 'person' ? [13, 13, 4, 13, 7, 13] : [3, 3, 1, 3, 0, 3];
      expect(await count(reader), name).toEqual(seen);
    }
  });

  it('is open to everybody once its return is recorded, and never by its planned end', async () => {
    const ask = async (now: string, returnedOn: string | null = null) => {
      await using network = await openTestNetwork(kind, 'demonstration', now);
      await network.source.manager.update(Visit, { id: 'nbnp:demo-visit-1' }, { returnedOn });
      const query = '{ visit(id: "nbnp:demo-visit-1") { id stops { id } } visits { totalCount } }';
      const toAnyone = await network.ask(query, {}, anonymous);
      const toAnalyst = await network.ask(query, {}, readerOf('lv', 'analyst'));
      return [
        toAnyone.data?.['visits'],
        outcomesOf(toAnyone, ['visit'], ['id', 'stops']),
        outcomesOf(toAnalyst, ['visit'], ['id', 'stops']),
      ];
    };
    for (const day of ['2026-11-27', '2026-11-28', '2026-12-27', '2026-12-28', '2027-12-28'])
      expect(await ask(`${day}T23:59:59.999Z`), day).toEqual([
        { totalCount: 1 },
        { id: 'FORBIDDEN', stops: 'FORBIDDEN' },
        { id: 'read', stops: 'FORBIDDEN' },
      ]);
    expect(await ask('2026-11-26T23:00:00Z', '2026-11-26')).toEqual([
      { totalCount: 2 },
      { id: 'read', stops: 'FORBIDDEN' },
      { id: 'read', stops: 'read' },
    ]);
  });

  it('is treated like an unknown visit when it is hidden', async () => {
    await using network = await openTestJourneys(kind);
    const hidden = 'nbnp:visit-alone-ahead';
    const missing = 'nbnp:visit-alone-aheax';
    for (const accessPath of [
      (id: string) => ({ query: `{ visit(id: "${id}") { id } }`, variables: {} }),
      (id: string) => entities([{ __typename: 'Visit', id }], '... on Visit { id }'),
      ...['Hosting', 'RegionalHosting'].map(
        (__typename) => (id: string) =>
          entities(
            [{ __typename, id: 'fi:hosting', visitId: id }],
            `... on ${__typename} { visit { id } }`,
          ),
      ),
    ]) {
      await expectHidden(network, accessPath, { hidden, missing, reader: anonymous });
    }
  });
});

describe.each(testDatabases)('Visit.stops on $name', (kind) => {
  it('are hidden from the offices if they have no data of the group', async () => {
    const { askHub } = createFactsHub(() => null);
    await using network = await openTestNetwork(kind, 'demonstration', undefined, askHub);
    await network.source.query('UPDATE groups SET coordinating_office_id = NULL');
    const answer = await network.ask(
      '{ visit(id: "nbnp:demo-visit-1") { stops { id } } }',
      {},
      readerOf('ncm', 'coordinator'),
    );
    expect(outcomesOf(answer, ['visit'], ['stops'])).toEqual({ stops: 'FORBIDDEN' });
  });
});

describe.each(testDatabases)('PARTNER_UNAVAILABLE on $name', (kind) => {
  it('denies the offices access that only their own data could justify, and says why', async () => {
    await using network = await openTestNetwork(kind, 'demonstration');
    await network.source.query('UPDATE groups SET coordinating_office_id = NULL');
    const ask = async (id: string) =>
      outcomesOf(
        await network.ask(
          `{ visit(id: "${id}") { title stops { id } } }`,
          {},
          readerOf('ncm', 'coordinator'),
        ),
        ['visit'],
        ['title', 'stops'],
      );
    expect(await ask('nbnp:demo-visit-1')).toEqual({ title: 'read', stops: 'PARTNER_UNAVAILABLE' });
    // As hosts they may read it without that data.
    expect(await ask('nbnp:demo-visit-2')).toEqual({ title: 'read', stops: 'read' });
  });
});
