import { createHub, type Hub } from '@hub/gateway';
import { pagination } from '@hub/shared/database';
import { silentLogger } from '@hub/shared/system';
import { createDisposableStack } from '@hub/shared/testing';
import { createSubgraphServer } from '../../conformance/subgraph-server.js';
import type { Answer } from '../network/open-hub.js';

/** One schema that many partners serve, as the national police’s. */
const unitContract = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  directive @route(by: String!) on FIELD_DEFINITION | OBJECT
  directive @gather(orderBy: [String!], narrowBy: [String!]) on FIELD_DEFINITION

  type Query {
    officers(first: Int = 50, after: String): OfficerConnection @gather(orderBy: ["id"])
    officer(id: ID!): Officer @route(by: "id")
  }
  type Officer @key(fields: "id") @route(by: "id") { id: ID! name: String rank: String unit: String }
  type OfficerEdge { cursor: String! node: Officer! }
  type OfficerConnection { edges: [OfficerEdge!]! nodes: [Officer!]! pageInfo: PageInfo! totalCount: Int countAtLeast: Int! }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
`;

/** What one partner alone serves: it refers to everybody’s officers. */
const registerContract = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { entries: [Entry!] }
  type Entry { place: Int! officer: Officer }
  type Officer @key(fields: "id", resolvable: false) { id: ID! }
`;

export interface ManyPartnersOptions {
  readonly count: number;
  /** The officers that each partner has. */
  readonly rows: number;
  /** What a partner waits for before it answers. @default nothing */
  readonly wait?: (index: number) => Promise<unknown>;
  /** Ids of the officers that the register refers to. @default nobody */
  readonly register?: readonly string[];
}

export interface ManyPartners extends AsyncDisposable {
  readonly hub: Hub;
  readonly codes: readonly string[];
  /** Where the partner answers. */
  urlOf(code: string): string;
  /** The ids that a partner was asked for as entities, one list for each request. */
  batchesOf(code: string): readonly (readonly string[])[];
  ask(query: string): Promise<Answer>;
  stop(code: string): Promise<void>;
}

const codeOf = (index: number): string => `p${String(index).padStart(2, '0')}`;
const idOf = (code: string, row: number): string => `${code}:${String(row).padStart(6, '0')}`;

/** All ids of a network of many partners, in turn: one of each partner, then the next of each. */
export const idsOf = (count: number, rows: number): string[] =>
  Array.from({ length: count * rows }, (_, place) =>
    idOf(codeOf(place % count), Math.floor(place / count)),
  );

const officerOf = (id: string) => ({
  id,
  name: `Officer ${id}`,
  rank: `Rank ${id.length}`,
  unit: id.slice(0, 3),
});

interface Partner {
  readonly code: string;
  readonly rows: number;
  wait(): Promise<unknown> | undefined;
}

function createUnitResolvers({ code, rows, wait }: Partner, batches: string[][]) {
  let batch: string[] | undefined;
  return {
    Query: {
      async officers(_: unknown, { first = 50, after }: { first?: number; after?: string | null }) {
        await wait();
        const own = Array.from({ length: rows }, (_row, row) => officerOf(idOf(code, row)));
        const edges = own
          .slice(0, first)
          .map((node) => ({ node, cursor: pagination.encodeCursor([node.id]) }));
        return {
          edges,
          nodes: edges.map(({ node }) => node),
          pageInfo: {
            hasNextPage: rows > first,
            hasPreviousPage: after != null,
            startCursor: edges[0]?.cursor ?? null,
            endCursor: edges.at(-1)?.cursor ?? null,
          },
          totalCount: rows,
          countAtLeast: rows,
        };
      },
      officer: (_: unknown, { id }: { id: string }) => officerOf(id),
    },
    Officer: {
      // References of one request are resolved in one go.
      __resolveReference({ id }: { id: string }) {
        if (!batch) {
          batch = [];
          batches.push(batch);
          queueMicrotask(() => (batch = undefined));
        }
        batch.push(id);
        return officerOf(id);
      },
    },
  };
}

/** Opens many partners of one schema, another that refers to all their rows, and a hub before them, on real ports. */
export async function openManyPartners({
  count,
  rows,
  wait,
  register = [],
}: ManyPartnersOptions): Promise<ManyPartners> {
  const stack = createDisposableStack();
  const codes = Array.from({ length: count }, (_, index) => codeOf(index));
  const urls = new Map<string, string>();
  const batches = new Map<string, string[][]>(codes.map((code) => [code, []]));
  const closing = new Map<string, () => Promise<void>>();
  try {
    for (const [index, code] of codes.entries()) {
      const partner = { code, rows, wait: () => wait?.(index) };
      const resolvers = createUnitResolvers(partner, batches.get(code) ?? []);
      const server = stack.use(await createSubgraphServer(unitContract, resolvers));
      urls.set(code, server.url);
      closing.set(code, async () => server[Symbol.asyncDispose]());
    }
    const entries = register.map((id, place) => ({
      place,
      officer: { __typename: 'Officer', id },
    }));
    const registry = stack.use(
      await createSubgraphServer(registerContract, { Query: { entries: () => entries } }),
    );
    const partnerOf = (code: string, subgraph: string, url: string) => ({
      code,
      name: code,
      subgraph,
      url,
      contact: `${code}@example.org`,
      publicKeys: '',
      deadlineMs: 10_000,
      maxResponseBytes: 10_000_000,
    });
    const hub = stack.use(
      await createHub(
        {
          network: {
            port: 0,
            partners: [
              ...codes.map((code) => partnerOf(code, 'units', urls.get(code) ?? '')),
              partnerOf('register', 'register', registry.url),
            ],
          },
          contracts: [
            { name: 'units', sdl: unitContract },
            { name: 'register', sdl: registerContract },
          ],
        },
        { logger: silentLogger },
      ),
    );
    return {
      hub,
      codes,
      urlOf: (code) => urls.get(code) ?? '',
      batchesOf: (code) => batches.get(code) ?? [],
      async ask(query) {
        const { signal } = new AbortController();
        const contextValue = await hub.createContext({ requestId: 'test', signal });
        const { body } = await hub.pipeline.run({ query }, contextValue);
        if (body.kind !== 'single') throw new Error('An answer in parts.');
        return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
      },
      async stop(code) {
        await closing.get(code)?.();
      },
      [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
    };
  } catch (error) {
    await stack[Symbol.asyncDispose]();
    throw error;
  }
}
