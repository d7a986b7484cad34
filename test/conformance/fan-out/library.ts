import { assembleHub, createHub, type CreateEngine, type Hub } from '@hub/gateway';
import { pagination } from '@hub/shared/database';
import { silentLogger } from '@hub/shared/system';
import { createDisposableStack } from '@hub/shared/testing';
import { createFaultProxy, type FaultProxy } from '../faults/fault-proxy.js';
import { createSubgraphServer } from '../subgraph-server.js';
import { branchContract, catalogueContract } from './contracts.js';
import { books, createBranches, type Copy } from './data.js';
import { withoutElements } from './without-elements.js';

export type Keys = (string | null)[];

/** By code points, null last: as every partner’s database compares. */
export function compareKeys(a: Keys, b: Keys): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? null;
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  }
  return 0;
}

export type CopyOrder = 'SHELF' | 'ISBN' | 'READER';

export const keysOf = ({ shelf, isbn, lentTo, id }: Copy, order: CopyOrder = 'SHELF'): Keys => [
  { SHELF: shelf, ISBN: isbn, READER: lentTo }[order],
  id,
];

interface CopiesArguments {
  filter?: { branch?: string; copy?: string; lent?: boolean };
  first?: number;
  after?: string | null;
  last?: number | null;
  before?: string | null;
  orderBy: CopyOrder;
}

/** What one branch answers from its own copies. */
const createBranchResolvers = (branch: string, copies: Copy[]) => ({
  Query: {
    copy: (_: unknown, { id }: { id: string }) => copies.find((copy) => copy.id === id) ?? null,
    opening: () => `${branch} opens at nine`,
    loans: () => copies.filter(({ lentTo }) => lentTo !== null).length,
    shelves: () => [
      { id: `${branch}:shelf-1`, rank: branch.length, copies: copies.slice(0, 2) },
      { id: `${branch}:shelf-2`, rank: null, copies: [] },
    ],
    copies: (_: unknown, { filter, first, orderBy, ...asked }: CopiesArguments) => {
      const request = pagination.readPageRequest({
        ...asked,
        first: asked.last == null ? first : null,
      });
      const { size, cursor, isBackwards } = request;
      const own = copies
        .filter(({ lentTo }) => filter?.lent === undefined || filter.lent === (lentTo !== null))
        .filter(({ id }) => filter?.copy === undefined || filter.copy === id)
        .toSorted((a, b) => compareKeys(keysOf(a, orderBy), keysOf(b, orderBy)));
      const order = orderBy === 'SHELF' ? undefined : orderBy;
      const keys = pagination.readCursor(request, 2, order);
      const sign = isBackwards ? -1 : 1;
      const rest = own.filter(
        (copy) => !keys || compareKeys(keysOf(copy, orderBy), [...keys]) * sign > 0,
      );
      const edges = (isBackwards ? rest.slice(-size) : rest.slice(0, size)).map((node) => ({
        node,
        cursor: pagination.encodeCursor(keysOf(node, orderBy), order),
      }));
      return {
        edges,
        nodes: edges.map(({ node }) => node),
        pageInfo: {
          hasNextPage: isBackwards ? cursor !== null : rest.length > size,
          hasPreviousPage: isBackwards ? rest.length > size : cursor !== null,
          startCursor: edges[0]?.cursor ?? null,
          endCursor: edges.at(-1)?.cursor ?? null,
        },
        totalCount: own.length,
        countAtLeast: own.length,
      };
    },
  },
  Mutation: {
    lend: (_: unknown, { input }: { input: { copy: string; reader: string } }) => {
      const copy = copies.find(({ id }) => id === input.copy);
      if (copy) copy.lentTo = input.reader;
      return copy ?? null;
    },
  },
  Copy: {
    __resolveReference: ({ id }: { id: string }) => copies.find((copy) => copy.id === id) ?? null,
  },
  Shelf: { __resolveReference: ({ id }: { id: string }) => ({ id, rank: 1, copies: [] }) },
  Book: {
    __resolveReference: ({ isbn }: { isbn: string }) => {
      const own = copies.filter((copy) => copy.isbn === isbn);
      return {
        isbn,
        copies: own.toSorted((a, b) => compareKeys([a.id], [b.id])),
        copyCount: own.length,
      };
    },
  },
});

/** Of several types, with a gap. */
const shownThings = [
  { __typename: 'Shelf', id: 'north:shelf-1' },
  { __typename: 'Copy', id: 'south:2' },
  null,
  { __typename: 'Copy', id: 'east:1' },
  { __typename: 'Copy', id: 'south:3' },
];

const createCatalogueResolvers = (shown: readonly (object | null)[]) => ({
  Query: {
    book: (_: unknown, { isbn }: { isbn: string }) =>
      books.find((book) => book.isbn === isbn) ?? null,
    books: () => books,
    shown: () => shown,
  },
  Book: {
    __resolveReference: ({ isbn, copyCount }: { isbn: string; copyCount?: number | null }) => {
      const book = books.find((candidate) => candidate.isbn === isbn);
      return book && { ...book, isRare: copyCount == null ? null : copyCount < 3 };
    },
  },
  Copy: {
    __resolveReference: ({ id, isbn }: { id: string; isbn?: string }) => ({
      id,
      book: isbn == null ? null : { isbn, ...books.find((book) => book.isbn === isbn) },
    }),
  },
});

/** The library’s hub and its partners, each behind a proxy that can be told to fail. */
export interface Library extends AsyncDisposable {
  readonly hub: Hub;
  readonly branches: Readonly<Record<string, Copy[]>>;
  readonly proxies: Readonly<Record<string, FaultProxy>>;
  /** The addresses of the servers behind the proxies. */
  readonly servers: readonly string[];
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
}

// oxlint-disable-next-line typescript/no-explicit-any -- an answer is of the shape that was asked
export type Tree = any;

export interface Answer {
  readonly data: Tree;
  readonly errors?: readonly {
    message: string;
    path?: unknown[];
    extensions: Record<string, unknown>;
  }[];
  readonly extensions: { completeness: { complete: boolean; partners: Tree }; written?: string[] };
}

const membershipOf = (state: 'SUSPENDED' | 'REMOVED' | undefined) =>
  state && { membership: { state, since: '2026-11-26T00:00:00Z', reason: 'a test' } };

export async function openLibrary({
  deadlineMs = 500,
  maxResponseBytes = 1_000_000,
  operationDeadlineMs = 15_000,
  /** What the catalogue shows. */
  shown = shownThings as readonly (object | null)[],
  /** @default the hub’s own */
  createEngine = undefined as CreateEngine | undefined,
  /** What the servers of some branches lack of the contract, as schema coordinates. */
  lacks = new Map<string, ReadonlySet<string>>(),
  /** Which partners are suspended or removed. */
  closed = new Map<string, 'SUSPENDED' | 'REMOVED'>(),
} = {}): Promise<Library> {
  const stack = createDisposableStack();
  const branches = createBranches();
  const proxies: Record<string, FaultProxy> = {};
  const servers: string[] = [];
  for (const [code, copies] of Object.entries(branches)) {
    const server = stack.use(
      await createSubgraphServer(
        withoutElements(branchContract, lacks.get(code)),
        createBranchResolvers(code, copies),
      ),
    );
    servers.push(server.url);
    proxies[code] = stack.use(await createFaultProxy(server.url));
  }
  const catalogue = stack.use(
    await createSubgraphServer(catalogueContract, createCatalogueResolvers(shown)),
  );
  servers.push(catalogue.url);
  proxies.catalogue = stack.use(await createFaultProxy(catalogue.url));
  const partners = Object.entries(proxies).map(([code, { url }]) => ({
    code,
    name: code,
    subgraph: code === 'catalogue' ? 'catalogue' : 'branches',
    url,
    contact: `${code}@example.org`,
    publicKeys: '',
    deadlineMs,
    maxResponseBytes,
    ...membershipOf(closed.get(code)),
  }));
  const contracts = [
    { name: 'branches', sdl: branchContract },
    { name: 'catalogue', sdl: catalogueContract },
  ];
  const source = { network: { port: 0, partners }, contracts, lacks };
  const options = { logger: silentLogger, operationDeadlineMs };
  const hub = stack.use(
    await (createEngine ? assembleHub(source, options, createEngine) : createHub(source, options)),
  );
  return {
    hub,
    branches,
    proxies,
    servers,
    async ask(query, variables) {
      const signal = new AbortController().signal;
      const contextValue = await hub.createContext({
        requestId: 'test',
        signal,
        authorization: undefined,
      });
      const { body } = await hub.pipeline.run({ query, variables }, contextValue);
      if (body.kind !== 'single') throw new Error('An answer in parts.');
      return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}
