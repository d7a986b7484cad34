import 'reflect-metadata';
import { usualRetention, type Retention } from '../../records/manifest/retention.js';

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { manifestPath } from '../../records/manifest/manifest.js';
import type { PublicationSettings } from '../../records/manifest/publication-settings.js';
import { verifyManifest } from '../../records/manifest/verify-manifest.js';
import { createHttpServer, listen } from '../../server/http/http-server.js';
import { silentLogger, type Logger } from '../../system/logger.js';
import { createPostgresDatabase, testDatabases } from '../../testing/databases.js';
import { createDisposableStack } from '../../testing/disposable-stack.js';
import { createTestKeyPair, type TestKeyPair } from '../../testing/key-pair.js';
import { registerManifest } from '../partner-server.js';
import { CreatePublishedManifest1764000007000 } from './create-published-manifest.migration.js';
import { createPublication } from './publication.js';
import { PublishedManifest } from './published-manifest.entity.js';

const start = new Date('2026-11-26T18:00:00Z');
const url = 'http://127.0.0.1:4111/graphql';
const sdl = 'type Query { officers: Int }';
const window = { from: '2026-12-01T22:00:00Z', to: '2026-12-01T23:30:00Z', message: 'A new disk.' };
const consent = { to: 'nbnp', rule: 'override', element: 'Officer.unit' };

/** However busy the machine is. */
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 25_000 });

const openSource = (address: string) =>
  openDatabase({
    url: address,
    entities: [PublishedManifest],
    migrations: [CreatePublishedManifest1764000007000],
  });

/** A folder for files, a key that can be replaced, and publications that end with the test. */
async function prepare(databaseUrl: string) {
  const stack = createDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-publication-'));
  stack.use({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) });
  const own = { pair: (await createTestKeyPair('dk-1')) as TestKeyPair | undefined };
  const errors: unknown[] = [];
  const told: string[] = [];
  const logger = { ...silentLogger, error: (line: unknown) => errors.push(line) } as Logger;
  const keys = {
    signingKeysOf: () => Promise.resolve(own.pair ? [own.pair.publicKey] : []),
  };
  return {
    own,
    errors,
    told,
    inFolder: (name: string) => join(folder, name),
    write: (name: string, content: unknown) =>
      writeFile(
        join(folder, name),
        typeof content === 'string' ? content : JSON.stringify(content),
      ),
    async publish(settings: PublicationSettings & { retention?: Retention } = {}) {
      const source = await openSource(databaseUrl);
      stack.use({ [Symbol.asyncDispose]: () => source.destroy() });
      const publication = createPublication({
        partner: 'dk',
        subgraph: 'national-police',
        sdl,
        retention: usualRetention,
        source,
        logger,
        clock: () => start,
        recheckMs: 5,
        signingKey: () =>
          own.pair ? Promise.resolve(own.pair.key) : Promise.reject(new Error('no signing key')),
        refreshHub: () => Promise.resolve(void told.push('refresh')),
        ...settings,
      });
      publication.begin(url);
      stack.use({ [Symbol.asyncDispose]: () => publication.stop() });
      return Object.assign(publication, {
        verify: async () =>
          verifyManifest((await publication.read()) ?? '', { partner: 'dk', keys }),
      });
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

describe.each(testDatabases)('the publication of a manifest on $name', ({ create }) => {
  it('says what the server serves, from its start', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    const { verify } = await test.publish({ lastGoodFor: 60, schemaVersion: '2026.11.1' });
    expect(await verify()).toEqual({
      form: 1,
      issuer: 'dk',
      subgraph: 'national-police',
      endpoint: url,
      contact: 'hub@dk.example.org',
      sequence: start.getTime() / 1_000,
      issuedAt: start.toISOString(),
      schemaVersion: '2026.11.1',
      schema: sdl,
      maintenance: [],
      lastGoodFor: 60,
      consents: [],
      conformance: null,
    });
  });

  it('says only what differs from the usual days of personal data', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    expect(await (await test.publish()).verify()).not.toHaveProperty('retention');
    const retention = { ...usualRetention, REPORTS: 365 };
    expect((await (await test.publish({ retention })).verify()).retention).toEqual({
      REPORTS: 365,
    });
  });

  it('names an address for notices only if there is one', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    expect(await (await test.publish()).verify()).not.toHaveProperty('notices');
    const notices = 'https://hub.police.example.org/notices';
    expect(await (await test.publish({ notices })).verify()).toMatchObject({ notices });
  });

  it('is signed once: every request gets the same file', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    const { read } = await test.publish();
    const files = new Set(await Promise.all(Array.from({ length: 5 }, read)));
    expect(files.size).toBe(1);
  });

  it('rises at a restart, although nothing has changed', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    const first = await test.publish();
    const { sequence } = await first.verify();
    await first.stop();
    expect((await (await test.publish()).verify()).sequence).toBe(sequence + 1);
  });

  it('follows its files, and tells the hub each time', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    const maintenanceFile = test.inFolder('maintenance.json');
    const consentsFile = test.inFolder('consents.json');
    const { verify } = await test.publish({ maintenanceFile, consentsFile });
    const { sequence, maintenance, consents } = await verify();
    expect({ maintenance, consents }).toEqual({ maintenance: [], consents: [] });
    const past = { ...window, from: '2026-11-01T00:00:00Z', to: '2026-11-01T01:00:00Z' };
    await test.write('maintenance.json', [past, window]);
    await until(async () => expect((await verify()).maintenance).toEqual([window]));
    await test.write('consents.json', [consent]);
    await until(async () => expect((await verify()).consents).toEqual([consent]));
    await until(() => expect(test.told).toHaveLength(3));
    expect((await verify()).sequence).toBe(sequence + 2);
    await rm(maintenanceFile);
    await until(async () => expect((await verify()).maintenance).toEqual([]));
  });

  it('has the statement of a check from its file, and null after that has gone', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    const conformanceFile = test.inFolder('conformance.json');
    const { verify } = await test.publish({ conformanceFile });
    expect((await verify()).conformance).toBeNull();
    await test.write('conformance.json', { conformance: 'a.b.c' });
    await until(async () => expect((await verify()).conformance).toBe('a.b.c'));
    await test.write('conformance.json', { conformance: 'passed' });
    await until(() => expect(test.errors).not.toEqual([]));
    expect((await verify()).conformance).toBe('a.b.c');
    await rm(conformanceFile);
    await until(async () => expect((await verify()).conformance).toBeNull());
  });

  it.each([
    ['no JSON', '[{'],
    ['another form', [{ from: 'tonight' }]],
    ['too large', ' '.repeat(1_000_001)],
  ])('keeps what a file said before, if it is %s', async (_fault, content: unknown) => {
    await using database = await create();
    await using test = await prepare(database.url);
    await test.write('consents.json', [consent]);
    const { verify } = await test.publish({ consentsFile: test.inFolder('consents.json') });
    expect((await verify()).consents).toEqual([consent]);
    await test.write('consents.json', content);
    await until(() => expect(test.errors).not.toEqual([]));
    expect((await verify()).consents).toEqual([consent]);
    expect(test.told).toHaveLength(1);
  });

  it('is signed again when the signing key is replaced', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    const { verify } = await test.publish();
    const { sequence } = await verify();
    test.own.pair = await createTestKeyPair('dk-2');
    await until(async () => expect((await verify()).sequence).toBe(sequence + 1));
  });

  it('is not published without a key, says so once, and is published when there is one', async () => {
    await using database = await create();
    await using test = await prepare(database.url);
    const { pair } = test.own;
    test.own.pair = undefined;
    const { read, verify } = await test.publish();
    for (let time = 0; time < 3; time += 1) expect(await read()).toBeUndefined();
    expect(test.errors).toEqual([{ partner: 'dk', reason: 'no signing key' }]);
    test.own.pair = pair;
    await until(async () => expect((await verify()).issuer).toBe('dk'));
  });
});

describe('the publication of a manifest by two processes', () => {
  it('is the same of both, if they share a database', async () => {
    await using database = await createPostgresDatabase();
    await using test = await prepare(database.url);
    const first = await test.publish();
    await first.verify();
    const second = await test.publish();
    await second.verify();
    await until(async () => expect(await first.read()).toBe(await second.read()));
  });
});

describe(manifestPath, () => {
  it.each([
    [200, '{"manifest":"a.b.c"}\n'],
    [503, undefined],
  ])('responds with %s, to everybody', async (status, file) => {
    const http = await createHttpServer({ logger: silentLogger });
    registerManifest(http, { read: () => Promise.resolve(file) });
    const response = await fetch(`${await listen(http, 0)}${manifestPath}`);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.text()).toBe(file ?? '{"manifest":null}');
    await http.close();
  });
});
