// cspell:ignore suprgraph
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { composeSupergraph } from '../../../gateway/registry/compose.js';
import { ask } from '../network/own-network.js';
import { cloneFolder, runCommand } from '../network/running-command.js';

const read = (file: string): string => readFileSync(join(cloneFolder, file), 'utf8');

const sdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { books(first: Int): [Book!] }
  type Mutation { rename(id: ID!, title: String!): Book }
  type Book @key(fields: "id") { id: ID! title: String }
`;

/** A subgraph that is nobody’s of ours. */
async function startBooks() {
  const schema = buildSubgraphSchema({
    typeDefs: parse(sdl),
    resolvers: {
      Query: {
        books: (_: unknown, { first }: { first: number }) =>
          Array.from({ length: first }, (_, id) => ({ id })),
      },
      Mutation: { rename: (_: unknown, book: object) => book },
      Book: { title: ({ id, title }: { id: number; title?: string }) => title ?? `Book ${id}` },
    },
  });
  const server = createServer((request, response) => {
    void text(request)
      .then((body) => JSON.parse(body) as { query: string; variables: Record<string, unknown> })
      .then(({ query, variables }) => graphql({ schema, source: query, variableValues: variables }))
      .then((result) =>
        response.setHeader('content-type', 'application/json').end(JSON.stringify(result)),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = await mkdtemp(join(tmpdir(), 'hub-books-'));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { supergraphSdl = '' } = composeSupergraph([{ name: 'books', sdl, url }]);
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, supergraphSdl);
  return {
    file,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}

describe('npm run hub', () => {
  it('serves any supergraph, to anybody, with its mutations', async () => {
    await using books = await startBooks();
    await using hub = runCommand('gateway/cli/hub.mjs', [
      'serve',
      '--supergraph',
      books.file,
      '--port',
      '0',
    ]);
    const [, port] = await hub.until(/"url":"http:\/\/127\.0\.0\.1:(\d+)\/graphql"/);
    const { data, completeness } = await ask(Number(port), '{ books(first: 300) { id title } }');
    expect((data as { books: unknown[] }).books).toHaveLength(300);
    expect(completeness).toEqual({ complete: true, partners: { books: { status: 'ANSWERED' } } });
    expect(
      await ask(Number(port), 'mutation { rename(id: 7, title: "B") { title } }'),
    ).toMatchObject({
      data: { rename: { title: 'B' } },
      errors: [],
    });
    expect((await ask(Number(port), '{ __schema { queryType { name } } }')).data).toEqual({
      __schema: { queryType: { name: 'Query' } },
    });
    hub.kill('SIGTERM');
    expect(await hub.ended).toBe(0);
  });

  it('ends with 2 and says how, when the command line does not fit', async () => {
    for (const args of [['start'], ['serve', '--suprgraph', 'x'], ['--port', 'x']]) {
      await using hub = runCommand('gateway/cli/hub.mjs', args);
      expect(await hub.ended, args.join(' ')).toBe(2);
      expect(hub.output().stderr).toContain('Usage: npm run hub -- [serve]');
    }
  });

  it('prints one overview of all commands, without setting up', async () => {
    const named = [...read('gateway/cli/hub.mjs').matchAll(/^ {2}\['(\w+)', '/gm)];
    expect(named.length).toBeGreaterThan(10);
    for (const args of [['--help'], ['help'], ['partner', '--help']]) {
      await using hub = runCommand('gateway/cli/hub.mjs', args);
      expect(await hub.ended, args.join(' ')).toBe(0);
      for (const [, name] of named) expect(hub.output().stdout).toContain(`\n  ${name} `);
    }
    await using hub = runCommand('gateway/cli/hub.mjs', ['doktor']);
    expect(await hub.ended).toBe(2);
    expect(hub.output().stderr).toMatch(/^There is no command doktor\.[^]*\n {2}doctor /);
  });

  it('ends with 1 and the reason, when it cannot serve', async () => {
    await using hub = runCommand('gateway/cli/hub.mjs', [
      '--supergraph',
      'nowhere.graphql',
      '--port',
      '0',
    ]);
    expect(await hub.ended).toBe(1);
    expect(hub.output().stdout).toContain('nowhere.graphql');
  });

  it('ends with 1 and the directive, when it would not honour what a supergraph says', async () => {
    const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost"])
      type Query { books: [Int] @cost(weight: 1000) }`;
    const url = 'http://127.0.0.1:1/graphql';
    const { supergraphSdl = '' } = composeSupergraph([{ name: 'books', sdl, url }]);
    const folder = await mkdtemp(join(tmpdir(), 'hub-cost-'));
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, supergraphSdl);
    await using hub = runCommand('gateway/cli/hub.mjs', ['--supergraph', file, '--port', '0']);
    expect(await hub.ended).toBe(1);
    expect(hub.output().stdout).toContain('It does not honour `@cost` and `@listSize`');
    await rm(folder, { recursive: true });
  });
});
