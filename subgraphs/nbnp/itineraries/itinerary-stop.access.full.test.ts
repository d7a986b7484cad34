import type { Reader } from '@hub/shared/identity';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  assignmentOf,
  expectHidden,
  journeys,
  openTestJourneys,
  organisations,
  stopOf,
  type Journey,
} from '../testing/test-journeys.js';
import { findPath, outcomesOf, readersOf, type Path } from '../testing/test-outcomes.js';
import { mayReadItinerary, mayReadVisit } from '../testing/test-table.js';

interface AccessPath {
  readonly name: string;
  readonly query: string;
  readonly variables?: object;
  readonly fields: readonly string[];
  readonly keyOf: (journey: Journey) => string;
  /** The path of an object with this id in the response. A list may or may not contain it. */
  readonly pathOf?: (index: number) => Path;
  /** The police force that offers the expert, who may read it besides. */
  readonly lender?: string;
}

const own =
  'id hostCountry hostOwner networkConfirmedVersion networkConfirmedOn day from to title sector version address city meetingPoint contactOnTheSpot note statusReason'.split(
    ' ',
  );
const stopFields = [...own, 'visit', 'site', 'confirmingOrganisation'];
const confirmation = ['hostConfirmedVersion', 'officeConfirmedVersion', 'confirmed'];
// The site is reached through the interface, and through a fragment on it.
const stop = `key: id ${own.join(' ')} visit { id } confirmingOrganisation { id } site { id ... on NationalSite { __typename id } }`;
const stops = { fields: stopFields, keyOf: stopOf };

// As the visit, so without the id of the stop, which is part of the plan.
const progress = ['status', 'siteContact', 'siteContactOn'];

const ofAssignment = 'id role languages expertId assignedOn'.split(' ');
const assignment = `key: id ${ofAssignment.join(' ')} expert { id } visit { id }`;
const assignments = { fields: [...ofAssignment, 'expert', 'visit'], keyOf: assignmentOf };

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
  {
    name: '_entities of ExpertAssignment',
    query: `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on ExpertAssignment { ${assignment} status } } }`,
    variables: {
      representations: journeys.map((journey) => ({
        __typename: 'ExpertAssignment',
        id: assignmentOf(journey),
        loanGranted: true,
        isLoanPutBack: false,
      })),
    },
    pathOf: (index) => ['_entities', index],
    lender: 'ee',
    keyOf: assignmentOf,
    fields: [...assignments.fields, 'status'],
  },
];

const isStaffOf = (reader: Reader, organisation: string | undefined): boolean =>
  reader.kind === 'person' &&
  reader.organisation === organisation &&
  ['coordinator', 'liaison', 'service'].includes(reader.role);

describe.each(testDatabases)('ItineraryStop and ExpertAssignment on $name', (kind) => {
  it('show each caller what the table says, on every access path', async () => {
    await using network = await openTestJourneys(kind);
    for (const { name: accessPath, query, variables, fields, keyOf, ...other } of accessPaths) {
      const { pathOf, lender } = other;
      for (const [name, reader] of readersOf(organisations)) {
        const answer = await network.ask(query, { ...variables }, reader);
        journeys.forEach((journey, index) => {
          const path = pathOf?.(index) ?? findPath(answer.data, keyOf(journey));
          const unseen = pathOf ? 'FORBIDDEN' : 'absent';
          const mayRead = mayReadItinerary(reader, journey) || isStaffOf(reader, lender);
          const outcome = mayRead ? 'read' : unseen;
          expect(
            outcomesOf(answer, path, fields),
            `${accessPath}: ${keyOf(journey)} to ${name}`,
          ).toEqual(Object.fromEntries(fields.map((field) => [field, outcome])));
        });
      }
    }
  });
});

describe.each(testDatabases)('Expert.assignments on $name', (kind) => {
  it('are read by the network and by the police force that offers the expert', async () => {
    await using network = await openTestJourneys(kind);
    const query = `{ _entities(representations: [{ __typename: "Expert", id: "ee:expert" }]) {
      ... on Expert { assignments { ${assignment} } } } }`;
    for (const [name, reader] of readersOf(organisations)) {
      const answer = await network.ask(query, {}, reader);
      const isRead = isStaffOf(reader, 'nbnp') || isStaffOf(reader, 'ee');
      for (const journey of journeys) {
        const path = findPath(answer.data, assignmentOf(journey));
        const outcome = isRead ? 'read' : 'absent';
        expect(outcomesOf(answer, path, assignments.fields), name).toEqual(
          Object.fromEntries(assignments.fields.map((field) => [field, outcome])),
        );
      }
      if (!isRead) expect(answer.errors?.[0]?.extensions.code, name).toBe('FORBIDDEN');
    }
  });
});

describe.each(testDatabases)('ItineraryStop.status and siteContact on $name', (kind) => {
  it('are read by those who may see the visit', async () => {
    await using network = await openTestJourneys(kind);
    const query = `{ ${journeys.map((journey, index) => `s${index}: itineraryStop(id: "${stopOf(journey)}") { ${progress.join(' ')} }`).join(' ')} }`;
    for (const [name, reader] of readersOf(organisations)) {
      const answer = await network.ask(query, {}, reader);
      journeys.forEach((journey, index) => {
        const outcome = mayReadVisit(reader, journey) ? 'read' : 'FORBIDDEN';
        expect(
          outcomesOf(answer, [`s${index}`], progress),
          `${stopOf(journey)} to ${name}`,
        ).toEqual(Object.fromEntries(progress.map((field) => [field, outcome])));
      });
    }
  });
});

describe.each(testDatabases)('Query.itineraryStop on $name', (kind) => {
  const hidden = 'nbnp:stop-alone-ahead';
  const missing = 'nbnp:stop-alone-aheax';

  it('treats a stop with a hidden plan like an unknown one, with as many statements', async () => {
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
      // Only the hub asks for entities, with ids that it knows. The anonymous see neither visit nor
      // stop.
      for (const accessPath of name === 'anonymous' ? queries : queries.slice(0, 1)) {
        await expectHidden(network, accessPath, { hidden, missing, reader });
      }
    }
  });

  it('says that no stop has the plan only to callers who may read every stop', async () => {
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

  it('says of a stop, as of a visit, to every signed-in caller whether it exists', async () => {
    await using network = await openTestJourneys(kind);
    const ask = async (id: string, reader: Reader) =>
      outcomesOf(
        await network.ask(`{ itineraryStop(id: "${id}") { status } }`, {}, reader),
        [],
        ['itineraryStop'],
      )['itineraryStop'];
    for (const [name, reader] of readersOf(['nbnp', 'ncm', 'dk', 'fi', 'lv'])) {
      const isOutside = name === 'anonymous' || reader.kind === 'participant';
      expect(await ask(missing, reader), name).toBe(isOutside ? 'FORBIDDEN' : 'null');
      expect(await ask(hidden, reader), name).toBe(isOutside ? 'FORBIDDEN' : 'read');
    }
  });
});
