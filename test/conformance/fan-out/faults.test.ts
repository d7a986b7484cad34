// cspell:ignore ECONN
import type { Fault } from '../faults/fault-proxy.js';
import { leak, responseFaults } from '../faults/response-faults.js';
import { wireFaults } from '../faults/wire-faults.js';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary, type Answer, type Library, type Tree } from './library.js';

type Status =
  | 'ANSWERED'
  | 'UNAVAILABLE'
  | 'TIMED_OUT'
  | 'INVALID_RESPONSE'
  | 'RESPONSE_TOO_LARGE'
  | 'REFUSED';

/** What a fault comes to on a root field and on entities. One that spoils nothing that was asked is `ANSWERED`. */
const expected: Readonly<Record<Fault, Status | { roots: Status; entities: Status }>> = {
  refuse: 'UNAVAILABLE',
  resetBefore: 'UNAVAILABLE',
  resetMidway: 'UNAVAILABLE',
  hang: 'TIMED_OUT',
  hangMidway: 'TIMED_OUT',
  drip: 'TIMED_OUT',
  garbage: 'INVALID_RESPONSE',
  garbageBody: 'INVALID_RESPONSE',
  emptyBody: 'INVALID_RESPONSE',
  notAnObject: 'INVALID_RESPONSE',
  html: 'INVALID_RESPONSE',
  htmlType: 'INVALID_RESPONSE',
  status500: 'UNAVAILABLE',
  status503: 'UNAVAILABLE',
  status404: 'UNAVAILABLE',
  status204: 'INVALID_RESPONSE',
  status401: 'REFUSED',
  redirect: 'INVALID_RESPONSE',
  oversize: 'RESPONSE_TOO_LARGE',
  oversizeLength: 'RESPONSE_TOO_LARGE',
  hugeHeaders: 'RESPONSE_TOO_LARGE',
  truncatedLength: 'INVALID_RESPONSE',
  truncatedChunk: 'INVALID_RESPONSE',
  wrongEncoding: 'INVALID_RESPONSE',
  invalidUtf8: 'INVALID_RESPONSE',
  deepJson: 'INVALID_RESPONSE',
  extraKeys: 'ANSWERED',
  extraRootKeys: 'ANSWERED',
  permuted: { roots: 'ANSWERED', entities: 'INVALID_RESPONSE' },
  short: { roots: 'ANSWERED', entities: 'INVALID_RESPONSE' },
  long: { roots: 'INVALID_RESPONSE', entities: 'INVALID_RESPONSE' },
  nullEntities: 'INVALID_RESPONSE',
  nullList: { roots: 'ANSWERED', entities: 'INVALID_RESPONSE' },
  nullData: 'INVALID_RESPONSE',
  noData: 'INVALID_RESPONSE',
  forgedKeys: { roots: 'ANSWERED', entities: 'INVALID_RESPONSE' },
  forgedTypename: 'INVALID_RESPONSE',
  nullLeaves: 'INVALID_RESPONSE',
  wrongTypes: 'INVALID_RESPONSE',
  listsAsObjects: { roots: 'INVALID_RESPONSE', entities: 'INVALID_RESPONSE' },
  errorForeignPath: 'INVALID_RESPONSE',
  errorLeak: { roots: 'UNAVAILABLE', entities: 'INVALID_RESPONSE' },
  errorForbiddenLeak: { roots: 'ANSWERED', entities: 'INVALID_RESPONSE' },
  errorUnauthenticated: 'REFUSED',
  errorUnknownCode: { roots: 'UNAVAILABLE', entities: 'INVALID_RESPONSE' },
  errorWithoutPath: { roots: 'UNAVAILABLE', entities: 'INVALID_RESPONSE' },
  errorPartnerCode: { roots: 'TIMED_OUT', entities: 'INVALID_RESPONSE' },
  errorsNotAList: 'INVALID_RESPONSE',
  errorsOfNothing: 'INVALID_RESPONSE',
};

/** A place where one partner may fail: what is asked, and what remains of the answer then. */
interface FailingPlace {
  readonly name: string;
  readonly on: 'roots' | 'entities';
  /** The partner that fails. */
  readonly partner: string;
  readonly query: string;
  /** The places that it leaves short. */
  readonly paths: readonly (readonly (string | number)[])[];
  /** The good answer as it is without this partner. */
  without(data: Tree): Tree;
  /** Where a fault is harmless, or worse, for what is asked here alone. */
  readonly except?: Readonly<Partial<Record<Fault, Status>>>;
  /** With this fault, the partner says that it does not have the records to which others refer. */
  readonly dangles?: Fault;
}

const notNorth = ({ id }: { id: string }) => !id.startsWith('north:');

const places: readonly FailingPlace[] = [
  {
    name: 'a gathered list',
    on: 'roots',
    partner: 'north',
    query: '{ shelves { __typename id rank } }',
    paths: [['shelves']],
    without: ({ shelves }) => ({ shelves: shelves.filter(notNorth) }),
    // Null says nothing of the rows: who has none sends an empty list.
    except: { nullList: 'INVALID_RESPONSE' },
  },
  {
    name: 'a gathered connection',
    on: 'roots',
    partner: 'north',
    query: '{ copies(first: 30) { nodes { __typename id } totalCount countAtLeast } }',
    paths: [['copies']],
    without: ({ copies }) => ({
      copies: { nodes: copies.nodes.filter(notNorth), totalCount: null, countAtLeast: 11 },
    }),
    // There is no list right below `data` that these could spoil.
    except: { long: 'ANSWERED', nullEntities: 'ANSWERED', listsAsObjects: 'ANSWERED' },
  },
  {
    name: 'a gathered connection from its end',
    on: 'roots',
    partner: 'north',
    query: '{ copies(last: 30) { nodes { __typename id } totalCount countAtLeast } }',
    paths: [['copies']],
    without: ({ copies }) => ({
      copies: { nodes: copies.nodes.filter(notNorth), totalCount: null, countAtLeast: 11 },
    }),
    except: { long: 'ANSWERED', nullEntities: 'ANSWERED', listsAsObjects: 'ANSWERED' },
  },
  {
    name: 'a gathered sum',
    on: 'roots',
    partner: 'north',
    query: '{ loans }',
    paths: [['loans']],
    without: () => ({ loans: null }),
    except: {
      long: 'ANSWERED',
      nullEntities: 'ANSWERED',
      listsAsObjects: 'ANSWERED',
      forgedTypename: 'ANSWERED',
      nullLeaves: 'ANSWERED',
    },
  },
  {
    name: 'a routed field',
    on: 'roots',
    partner: 'north',
    query: '{ copy(id: "north:3") { __typename id isbn } }',
    paths: [['copy']],
    without: () => ({ copy: null }),
    except: { long: 'ANSWERED', nullEntities: 'ANSWERED', listsAsObjects: 'ANSWERED' },
  },
  {
    name: 'entities with gathered fields',
    on: 'entities',
    partner: 'north',
    query: '{ books { isbn title copyCount copies { __typename id } } }',
    paths: [
      ['books', 0],
      ['books', 1],
      ['books', 2],
    ],
    without: ({ books }) => ({
      books: books.map((book: Tree) => ({
        ...book,
        copyCount: null,
        copies: book.copies.filter(notNorth),
      })),
    }),
  },
  {
    name: 'routed entities',
    on: 'entities',
    partner: 'south',
    query: '{ shown { id ... on Copy { shelf } } }',
    paths: [
      ['shown', 1],
      ['shown', 4],
    ],
    without: ({ shown }) => ({
      shown: shown.map((item: Tree) =>
        item?.id.startsWith('south:') ? { ...item, shelf: null } : item,
      ),
    }),
    // No type is asked for here, and a record may be unknown to its owner, or have no shelf.
    except: { forgedTypename: 'ANSWERED', nullEntities: 'ANSWERED' },
    dangles: 'nullEntities',
  },
  {
    name: 'entities of a single partner',
    on: 'entities',
    partner: 'catalogue',
    query: '{ copies(first: 2) { nodes { id book { __typename title } } } }',
    paths: [
      ['copies', 'nodes', 0],
      ['copies', 'nodes', 1],
    ],
    without: ({ copies }) => ({
      copies: { nodes: copies.nodes.map(({ id }: Tree) => ({ id, book: null })) },
    }),
    except: { nullEntities: 'ANSWERED' },
  },
];

const statusOf = (fault: Fault, { on, except }: FailingPlace): Status => {
  const outcome = expected[fault];
  return except?.[fault] ?? (typeof outcome === 'string' ? outcome : outcome[on]);
};

/** What a partner says beyond what was asked of it, in all faults. */
const foreign =
  /forged|SELECT|politi\.example|10\.20\.30\.40|secret-path|127\.0\.0\.1|redirected|somebody|BEAR|Welcome|status \d|endless|undici|UND_ERR|ECONN|stack/i;

const expectNothingForeign = (answer: Answer) => {
  const text = JSON.stringify(answer);
  expect(text).not.toContain(leak);
  expect(text).not.toMatch(foreign);
};

const sortedErrors = (answer: Answer) =>
  (answer.errors ?? [])
    .map(({ path, extensions }) => ({ path, ...extensions }))
    .toSorted((a, b) => (JSON.stringify(a.path) < JSON.stringify(b.path) ? -1 : 1));

const deadlineMs = 1_000;
const maxResponseBytes = 1_000_000;
const faults = ['refuse', ...Object.keys(wireFaults), ...Object.keys(responseFaults)] as Fault[];

describe.each(places)('a partner that fails on $name', (place) => {
  const { query, partner, on, paths, without } = place;
  let library: Library;
  let good: Answer;

  beforeAll(async () => {
    library = await openLibrary({ deadlineMs, maxResponseBytes });
    good = await library.ask(query);
    expect(good.errors).toBeUndefined();
  });
  afterAll(() => library[Symbol.asyncDispose]());

  it.each(faults)('%s', async (fault) => {
    const proxy = library.proxies[partner]!;
    const status = statusOf(fault, place);
    // The proxy alone decides what is spoilt: a health check of the hub’s is neither counted nor harmed.
    const isMeant = (request: { kind: string; query: string }) =>
      request.kind === on && request.query !== '{ __typename }';
    await proxy.set({ fault, on: isMeant });
    // What hangs hangs for ever. So an answer at all is one in time.
    const answer = await library.ask(query);
    await proxy.clear();

    expectNothingForeign(answer);
    expect(proxy.redirected).toBe(0);
    expect(answer.extensions.completeness).toEqual({
      complete: status === 'ANSWERED' && fault !== place.dangles,
      partners: { ...good.extensions.completeness.partners, [partner]: { status } },
    });
    if (status !== 'ANSWERED') {
      expect(answer.data).toEqual(without(good.data));
      expect(sortedErrors(answer)).toEqual(
        paths.map((path) => ({ path, code: `PARTNER_${status}`, partner })),
      );
    }
  });
});
