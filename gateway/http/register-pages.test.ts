import { HubError } from '@hub/shared/errors';
import { createHttpServer, listen } from '@hub/shared/http';
import { silentLogger } from '@hub/shared/telemetry';
import { createDisposableStack } from '@hub/shared/testing';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { registerPages } from './register-pages.js';

const refuse = () => {
  throw new HubError('RATE_LIMITED', { retryAfter: 1 });
};

it('counts requests for the schema, because many of them hold up all others', async () => {
  await using cleaning = createDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-pages-'));
  cleaning.use({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) });
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  const http = await createHttpServer({ logger: silentLogger });
  cleaning.use(http);
  await registerPages(http, {
    folder,
    paths: ['/'],
    contentSecurityPolicy: "default-src 'none'",
    settings: {},
    countSchema: refuse,
    printSchema: () => 'type Query { a: Int }',
    fieldFacts: '{}',
    countSignIn: () => {},
    providers: { describe: async () => ({}), exchange: async () => '' },
  });
  const origin = await listen(http, 0);
  for (const path of ['/graphql/schema.graphql', '/graphql/field-facts.json'])
    expect(await fetch(origin + path)).toMatchObject({ status: 429 });
  expect(await fetch(origin)).toMatchObject({ status: 200 });
});
