import { buildSubgraphSchema } from '@apollo/subgraph';
import { createKeyStore, keyFilesOf } from '@hub/shared/identity';
import { overdueTasksPath, type OverdueTasks } from '@hub/shared/partner';
import { manifestPath, type Manifest } from '@hub/shared/records';
import { inner } from '@hub/shared/testing';
import { graphql, parse, type GraphQLSchema } from 'graphql';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { cloneFolder } from './running-command.js';

export interface StubPartnerOptions {
  readonly code: string;
  /** The contract that it serves. */
  readonly subgraph: string;
  /** The folder of the keys. */
  readonly keys: string;
  readonly resolvers?:
    | Record<string, Record<string, (source: unknown, args: unknown) => unknown>>
    | undefined;
}

/** A server that publishes and answers what a test wants. It believes everybody. */
export interface StubPartner extends AsyncDisposable {
  readonly code: string;
  readonly subgraph: string;
  readonly url: string;
  /** What servers of its contract publish. */
  readonly contract: string;
  /** Publishes a manifest, signed with its key. Its server serves the schema too, if it can. */
  publish(changed?: Partial<Manifest>): Promise<void>;
  /** Publishes this file. */
  publishFile(file: string): void;
  sign(changed?: Partial<Manifest>): Promise<string>;
  /** How many operations it was asked for. */
  asked(): number;
  /** Says that this is overdue. Returns how often it was asked what is. */
  sayOverdue(...overdue: readonly OverdueTasks[]): () => number;
  /** Closes its port. */
  stop(): Promise<void>;
}

export async function openStubPartner({
  code,
  subgraph,
  keys,
  resolvers = {},
}: StubPartnerOptions): Promise<StubPartner> {
  const contract = readFileSync(join(cloneFolder, 'subgraphs', subgraph, 'schema.graphql'), 'utf8');
  const [key] = await createKeyStore({
    files: new Map([[code, keyFilesOf(keys, code).private]]),
  }).signingKeysOf(code);
  if (!key) throw new Error(`${code} has no key.`);
  let file: string | undefined;
  let schema: GraphQLSchema | undefined;
  let asked = 0;
  const late: { overdue: readonly OverdueTasks[]; asked: number } = { overdue: [], asked: 0 };
  const server = createServer((request, response) => {
    const answer = async () => {
      if (request.url === manifestPath) {
        response.writeHead(file === undefined ? 404 : 200).end(file);
        return;
      }
      if (request.url === overdueTasksPath) {
        late.asked += 1;
        response.end(JSON.stringify({ overdue: late.overdue }));
        return;
      }
      asked += 1;
      const { query, variables } = JSON.parse(await text(request)) as {
        query: string;
        variables?: Record<string, unknown>;
      };
      const result = schema
        ? await graphql({ schema, source: query, variableValues: variables ?? {} })
        : { data: null };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
    };
    void answer().catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const serve = (published: string) => {
    schema = buildSubgraphSchema({ typeDefs: parse(published), resolvers });
  };
  serve(contract);
  const sign = (changed: Partial<Manifest> = {}) =>
    inner.signManifest(
      {
        form: 1,
        issuer: code,
        subgraph,
        endpoint: url,
        contact: `hub@${code}.example.org`,
        sequence: 1_000,
        issuedAt: '2026-11-26T18:00:00Z',
        schemaVersion: '1',
        schema: contract,
        maintenance: [],
        lastGoodFor: 0,
        consents: [],
        conformance: null,
        ...changed,
      },
      key,
    );
  const stop = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return {
    code,
    subgraph,
    url,
    contract,
    sign,
    publishFile: (published) => (file = published),
    async publish(changed = {}) {
      file = await sign(changed);
      try {
        serve(changed.schema ?? contract);
      } catch {
        // A hostile schema is published, and the server serves what it did.
      }
    },
    asked: () => asked,
    sayOverdue(...overdue) {
      late.overdue = overdue;
      return () => late.asked;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
