import { buildSubgraphSchema } from '@apollo/subgraph';
import { HubError } from '@hub/shared/errors';
import {
  type Charge,
  createOperationLimiter,
  defaultLimits,
  type OperationHooks,
  OperationPipeline,
} from '@hub/shared/graphql';
import type { Reader } from '@hub/shared/identity';
import { silentLogger } from '@hub/shared/system';
import { parse } from 'graphql';
import { buffer } from 'node:stream/consumers';
import { reportCompleteness } from '../../fan-out/completeness.js';
import { OperationRecord } from '../../fan-out/operation-record.js';
import type { HubRequest } from '../../server/hub-request.js';
import { createExports, type ExportsOptions } from './exports.js';
import type { ExportFile } from './register-exports.js';

const anna: Reader = {
  kind: 'person',
  organisation: 'dk',
  subject: 'anna',
  role: 'analyst',
  purpose: undefined,
};

interface Context {
  readonly requestId: string;
  readonly reader: Reader;
  readonly operation: OperationRecord;
  readonly charge?: Charge | undefined;
}

export interface Page {
  readonly first: number;
  readonly after?: string;
}

const typeDefs = `
  type Query {
    things(first: Int = 50, after: String): ThingConnection
    edged(first: Int, after: String): ThingConnection2
    stuck(first: Int, after: String): ThingConnection
    plain(minimum: Int): [Thing]
    hidden: [Thing!]
    thing(id: ID!): Thing
  }
  type Thing { id: ID! name: String }
  type ThingEdge { node: Thing! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type ThingConnection { nodes: [Thing!]! pageInfo: PageInfo! }
  type ThingConnection2 { edges: [ThingEdge!]! pageInfo: PageInfo! }
`;

export interface Behaviour {
  /** The number of things. */
  readonly count?: number;
  readonly limits?: typeof defaultLimits;
  /** Called with each page before it is returned. */
  onPage?(page: Page, operation: OperationRecord): void;
  onThing?(operation: OperationRecord): void;
  /** Called with the number of each request before it is admitted. */
  onAdmit?(number: number, deadlineMs: number | undefined): void;
  readonly charge?: Charge;
  readonly hooks?: readonly OperationHooks<Context>[];
}

/** Exports over a schema, for tests. */
export interface OpenGraph extends AsyncDisposable {
  /** The pages that were fetched. */
  readonly pages: readonly Page[];
  open(url: string, signal?: AbortSignal, deadlineMs?: number): Promise<ExportFile>;
  get(url: string): Promise<{ readonly headers: ExportFile['headers']; readonly text: string }>;
}

/** Opens a hub over one schema, without partners, and its exports. */
export async function openExports(
  {
    count = 3,
    limits = defaultLimits,
    onPage,
    onThing,
    onAdmit,
    charge,
    hooks = [],
  }: Behaviour = {},
  options: Partial<ExportsOptions<Context>> = {},
): Promise<OpenGraph> {
  const pages: Page[] = [];
  const rowsOf = (page: Page, context: unknown) => {
    pages.push(page);
    onPage?.(page, (context as Context).operation);
    const start = Number(page.after ?? 0);
    const rows = Array.from({ length: count }, (_, index) => ({ id: `t${index}`, name: 'x' }));
    const end = start + page.first;
    const pageInfo = { hasNextPage: end < count, endCursor: String(Math.min(end, count)) };
    return { nodes: rows.slice(start, end), pageInfo };
  };
  const schema = buildSubgraphSchema({
    typeDefs: parse(typeDefs),
    resolvers: {
      Query: {
        things: (_source: unknown, page: Page, context: unknown) => rowsOf(page, context),
        edged(_source: unknown, page: Page, context: unknown) {
          const { nodes, pageInfo } = rowsOf(page, context);
          return { edges: nodes.map((node) => ({ node })), pageInfo };
        },
        stuck: () => ({ nodes: [], pageInfo: { hasNextPage: true, endCursor: 'same' } }),
        plain: () => [{ id: 'a' }, null],
        thing(_source: unknown, _id: unknown, context: unknown) {
          onThing?.((context as Context).operation);
          return null;
        },
        hidden() {
          throw new HubError('FORBIDDEN');
        },
      },
    },
  });
  const limiter = createOperationLimiter(limits);
  const pipeline = new OperationPipeline<Context>({
    source: { schema },
    logger: silentLogger,
    hooks: [limiter.hooks, ...hooks, reportCompleteness()],
  });
  await pipeline.start();
  let admitted = 0;
  const hub = {
    pipeline,
    limiter,
    schema,
    supergraphSdl: 'type Thing @join__type(graph: A, key: "id") { id: ID! }',
    async createContext({ requestId, signal, deadlineMs }: HubRequest) {
      onAdmit?.((admitted += 1), deadlineMs);
      const operation = new OperationRecord(requestId, signal, Infinity, anna);
      return { requestId, reader: anna, operation, charge };
    },
  };
  const exports = createExports<Context>({ hub, logger: silentLogger, ...options });
  const open: OpenGraph['open'] = (url, signal = new AbortController().signal, deadlineMs) => {
    const fileName = /\w+\.\w+/.exec(url)?.[0] ?? '';
    return exports.open({ fileName, url, requestId: 'a', signal, deadlineMs });
  };
  return {
    pages,
    open,
    async get(url) {
      await using file = await open(url);
      return { headers: file.headers, text: (await buffer(await file.read())).toString('utf8') };
    },
    [Symbol.asyncDispose]: () => pipeline.stop(),
  };
}
