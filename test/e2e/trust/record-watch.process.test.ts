import {
  createKeyStore,
  ensureKeyFiles,
  hubIssuer,
  keyFilesOf,
  type Reader,
} from '@hub/shared/identity';
import { bothDatabases, inner } from '@hub/shared/testing';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecordWatch } from '../../../gateway/plugins/heads/record-watch.js';
import {
  createDisclosureHeads,
  disclosureHeadsFile,
} from '../../../gateway/registry/disclosure-heads.js';
import { createRequestSigner } from '../../../gateway/server/security/sign-request.js';
import { findFreePorts } from '../network/own-network.js';
import { runCommand } from '../network/running-command.js';

const reader: Reader = {
  kind: 'person',
  organisation: 'dk',
  subject: 'somebody',
  role: 'coordinator',
  purpose: undefined,
};

/** The secretariat as a process of its own, with its database. */
async function startSecretariat(databaseUrl: string) {
  const keys = await mkdtemp(join(tmpdir(), 'hub-watch-keys-'));
  for (const code of [hubIssuer, 'nbnp']) await ensureKeyFiles(keys, code);
  const [port = 0] = await findFreePorts(1);
  const partner = runCommand('subgraphs/nbnp/dist/main.js', [], {
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    HUB_NEW_DATABASE: 'true',
    HUB_PRIVATE_KEYS: keyFilesOf(keys, 'nbnp').private,
    HUB_KEYS: keyFilesOf(keys, hubIssuer).public,
  });
  await partner.until(/"msg":"ready"/);
  const source = await inner.openDatabase({
    url: databaseUrl,
    entities: inner.disclosureEntities,
    migrations: [],
  });
  return {
    keys,
    source,
    url: `http://127.0.0.1:${port}/graphql`,
    async [Symbol.asyncDispose]() {
      await source.destroy();
      await partner[Symbol.asyncDispose]();
      await rm(keys, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

type Secretariat = Awaited<ReturnType<typeof startSecretariat>>;

/** Its record, which is empty, and the hub’s watch with a data folder. */
async function openWatched({ keys, source, url }: Secretariat) {
  await source.query('DELETE FROM disclosure_readings');
  const folder = await mkdtemp(join(tmpdir(), 'hub-watch-'));
  const storeOf = (code: string, half: 'private' | 'public') =>
    createKeyStore({ files: new Map([[code, keyFilesOf(keys, code)[half]]]) });
  const lines: string[] = [];
  const heads = createDisclosureHeads(folder);
  return {
    url,
    source,
    /** What the hub has on disk. */
    known: async () => (await heads.read())['nbnp'],
    file: disclosureHeadsFile(folder),
    faults: () => lines.filter((line) => line.includes('cut off or changed')),
    errors: () => lines.filter((line) => line.includes('"level":50')),
    /** A round of the watch of a hub that has just started. */
    async check(partnerKeys = storeOf('nbnp', 'public'), own = hubIssuer) {
      await using watch = createRecordWatch({
        partners: [{ code: 'nbnp', url }],
        heads,
        sign: createRequestSigner({
          ownKeys: createKeyStore({
            files: new Map([[hubIssuer, keyFilesOf(keys, own).private]]),
          }),
          partnerKeys,
        }),
        logger: pino({}, { write: (line) => void lines.push(line) }),
      });
      await watch.checkAll();
    },
    append: () =>
      inner.recordDisclosures({
        source,
        reader,
        operationName: null,
        readings: [{ type: 'Delegate', fields: ['name'], records: 1 }],
        at: new Date(),
      }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

describe.each(bothDatabases)('the record of a partner on $name', ({ create }) => {
  let database: Awaited<ReturnType<typeof create>>;
  let secretariat: Secretariat;
  beforeAll(async () => {
    database = await create();
    secretariat = await startSecretariat(database.url);
  });
  afterAll(async () => {
    await secretariat[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  it('is known to the hub by its end, which goes on', async () => {
    await using watched = await openWatched(secretariat);
    for (let count = 0; count < 3; count += 1) {
      await watched.append();
      await watched.check();
      const { links, hash } = await inner.readHead(watched.source.manager);
      expect(await watched.known()).toMatchObject({ links, hash });
    }
    expect(watched.faults()).toEqual([]);
    expect((await stat(watched.file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(watched.file, 'utf8'))).toHaveProperty('nbnp.links', 3);
  });

  it.each([
    ['was cut off', 'DELETE FROM disclosure_readings WHERE sequence >= 2', 0],
    ['was cut off and has grown again', 'DELETE FROM disclosure_readings WHERE sequence >= 2', 4],
    ['was changed', `UPDATE disclosure_readings SET hash = 'x' WHERE sequence = 3`, 0],
  ])('is reported when its end %s, and what was known stays', async (_, sql, growth) => {
    await using watched = await openWatched(secretariat);
    for (let count = 0; count < 3; count += 1) await watched.append();
    await watched.check();
    const known = await watched.known();
    await watched.source.query(sql);
    for (let count = 0; count < growth; count += 1) await watched.append();
    await watched.check();
    expect(watched.faults()).toHaveLength(1);
    await watched.append();
    await watched.check();
    expect(watched.faults()).toHaveLength(2);
    expect(await watched.known()).toMatchObject({ ...known, fault: expect.any(Object) as object });
  });

  it('is not known where the hub cannot sign, or is refused, which is no fault of the record', async () => {
    await using watched = await openWatched(secretariat);
    await watched.append();
    await watched.check();
    const known = await watched.known();
    await watched.check(createKeyStore({ files: new Map() }));
    await watched.check(undefined, 'nbnp');
    expect(watched.errors()).toEqual([]);
    expect(await watched.known()).toEqual(known);
  });

  it('is told to nobody but the hub', async () => {
    await using watched = await openWatched(secretariat);
    const response = await fetch(new URL('disclosures-head', watched.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"links":0}',
    });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('hash');
  });
});
