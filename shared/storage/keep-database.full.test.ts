import 'reflect-metadata';

import * as fs from 'node:fs';
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../database/data-source.js';
import { thing, Thing, thingTables } from '../database/test-things.js';
import { openFilledDatabase } from '../partner/partner-database.js';
import type { PartnerDefinition } from '../partner/partner-definition.js';
import { recordDisclosures } from '../records/disclosure/record.js';
import { silentLogger } from '../system/logger.js';
import { createPostgresDatabase } from '../testing/databases.js';
import { readerOf } from '../testing/open-test-partner.js';
import type { Recognition } from './keep-options.js';

const definition: PartnerDefinition = {
  subgraph: 'things',
  ...thingTables,
  createSubgraph: () => Promise.reject(new Error('it is not served')),
  loadFacts: (database, partner) =>
    database.transaction(async (manager) => {
      await manager.insert(Thing, thing({ id: `${partner}:1`, name: 'Anna Andersen' }));
    }),
  loadDemonstration: () => Promise.resolve(),
};

interface Options extends Partial<Recognition> {
  readonly partner?: string;
  readonly content?: 'nothing' | 'facts';
}

async function createFolder() {
  const path = await mkdtemp(join(tmpdir(), 'hub-kept-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A partner’s database, opened as its process opens it. */
function openAt(url: string, file: string, options: Options = {}): Promise<DataSource> {
  const { partner = 'dk', content = 'facts', mayBeFirst = true, isNew = false } = options;
  return openFilledDatabase(definition, {
    partner,
    databaseUrl: url,
    content,
    logger: silentLogger,
    recognition: { file, mayBeFirst, isNew },
  });
}

async function createKept() {
  const folder = await createFolder();
  const path = join(folder.path, 'databases', 'dk.sqlite');
  const file = join(folder.path, 'identities', 'dk.json');
  return {
    path,
    file,
    open: (options?: Options) => openAt(`sqlite:${path}`, file, options),
    /** The content of the disk after a kill: the files in the state of the open database. */
    async copyTo(place: string) {
      for (const suffix of ['', '-wal']) await copyFile(`${path}${suffix}`, `${place}${suffix}`);
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** Leaves the files as a killed process does. */
async function killWhileOpen(kept: Awaited<ReturnType<typeof createKept>>): Promise<void> {
  const countNoted = () =>
    (JSON.parse(fs.readFileSync(kept.file, 'utf8')) as { logsBegun: number }).logsBegun;
  const source = await kept.open();
  const before = countNoted();
  await read(source, 'dk:killed');
  // It records in the background that its log has more than its file.
  while (countNoted() === before) await nextTurn();
  const aside = join(dirname(kept.path), 'aside');
  await kept.copyTo(aside);
  const noted = fs.readFileSync(kept.file);
  await source.destroy();
  for (const suffix of ['', '-wal']) await copyFile(`${aside}${suffix}`, `${kept.path}${suffix}`);
  fs.writeFileSync(kept.file, noted);
}

const read = (source: DataSource, subject: string) =>
  recordDisclosures({
    source,
    reader: { ...readerOf('fi', 'coordinator'), subject } as never,
    operationName: 'Who',
    readings: [{ type: 'Officer', fields: ['name'], records: 1 }],
    at: new Date(),
  });

const count = (source: DataSource) => source.manager.count(Thing);

describe('openKeptDatabase on SQLite', () => {
  it('opens its own database again and again', async () => {
    await using kept = await createKept();
    for (let start = 0; start < 3; start += 1) {
      const source = await kept.open();
      expect(await count(source)).toBe(1);
      await read(source, `dk:${start}`);
      await source.destroy();
    }
  });

  it('continues after its process was killed', async () => {
    await using kept = await createKept();
    await killWhileOpen(kept);
    const source = await kept.open();
    expect(await count(source)).toBe(1);
    await source.destroy();
  });

  it('refuses a missing file, and creates none', async () => {
    await using kept = await createKept();
    await (await kept.open()).destroy();
    await rm(kept.path);
    await expect(kept.open()).rejects.toThrow(/is empty\. dk last used.*HUB_NEW_DATABASE=true/);
    expect(fs.existsSync(kept.path)).toBe(false);
    const source = await kept.open({ isNew: true });
    expect(await count(source)).toBe(1);
    await source.destroy();
    await (await kept.open()).destroy();
  });

  it('refuses an empty place without permission to create a database', async () => {
    await using kept = await createKept();
    const opening = kept.open({ mayBeFirst: false, content: 'nothing' });
    await expect(opening).rejects.toThrow(/There is no database of dk .*npm run db:migrate/);
    expect(fs.existsSync(kept.path)).toBe(false);
    await (await kept.open({ mayBeFirst: false, isNew: true })).destroy();
    await (await kept.open({ mayBeFirst: false })).destroy();
  });

  it.each([0, 0.5])(
    'refuses a killed process’s log of which a share of %d is left',
    async (share) => {
      await using kept = await createKept();
      await killWhileOpen(kept);
      const log = `${kept.path}-wal`;
      fs.truncateSync(log, Math.floor(fs.statSync(log).size * share));
      await expect(kept.open()).rejects.toThrow(/its log .*-wal is missing or cut short/);
    },
  );

  it('refuses a missing log, even if the time of the file was changed', async () => {
    await using kept = await createKept();
    await killWhileOpen(kept);
    await rm(`${kept.path}-wal`);
    fs.utimesSync(kept.path, new Date(), new Date());
    await expect(kept.open()).rejects.toThrow(/its log .*-wal is missing or cut short/);
    const source = await kept.open({ isNew: true });
    await source.destroy();
    await (await kept.open()).destroy();
  });

  it('continues if another program has merged the log of a killed process into the file', async () => {
    await using kept = await createKept();
    await killWhileOpen(kept);
    const source = await openDatabase({ url: `sqlite:${kept.path}`, entities: [], migrations: [] });
    await source.destroy();
    expect(fs.existsSync(`${kept.path}-wal`)).toBe(false);
    await (await kept.open()).destroy();
  });

  it('leaves no trace of a start without a write', async () => {
    await using kept = await createKept();
    await (await kept.open()).destroy();
    const before = [kept.path, kept.file].map((path) => fs.readFileSync(path));
    await (await kept.open()).destroy();
    expect([kept.path, kept.file].map((path) => fs.readFileSync(path))).toEqual(before);
  });

  it('refuses an older copy beside the log of a newer one', async () => {
    await using kept = await createKept();
    await (await kept.open()).destroy();
    const older = `${kept.path}.older`;
    await copyFile(kept.path, older);
    const source = await kept.open();
    for (let index = 0; index < 200; index += 1) {
      await source.manager.insert(
        Thing,
        thing({ id: `dk:n${index}`, searchText: 'x'.repeat(500) }),
      );
    }
    await source.destroy();
    await killWhileOpen(kept);
    await copyFile(older, kept.path);
    await expect(kept.open()).rejects.toThrow(/damaged|older copy|another one|differs/);
  });

  it('refuses an older copy', async () => {
    await using kept = await createKept();
    await (await kept.open()).destroy();
    const older = `${kept.path}.older`;
    await copyFile(kept.path, older);
    const source = await kept.open();
    await read(source, 'dk:later');
    await source.destroy();
    await copyFile(older, kept.path);
    await expect(kept.open()).rejects.toThrow(
      /was changed after dk had closed it at .* It is an older copy, with \d+ of \d+ links\. Restore/,
    );
    await rm(kept.file);
    await (await kept.open()).destroy();
  });

  it('refuses a file with one changed letter', async () => {
    await using kept = await createKept();
    await (await kept.open()).destroy();
    const bytes = fs.readFileSync(kept.path);
    bytes.write('Berta', bytes.indexOf('Anna Andersen'));
    fs.writeFileSync(kept.path, bytes);
    await expect(kept.open()).rejects.toThrow(
      /was changed after dk had closed it at .* The database is damaged: .*\. Restore the newest back-up\.$/,
    );
    expect(fs.readFileSync(kept.path).equals(bytes)).toBe(true);
  });

  it('refuses another partner’s database, even as a new one', async () => {
    await using kept = await createKept();
    await (await kept.open({ partner: 'fi' })).destroy();
    await expect(kept.open({ partner: 'dk', isNew: true })).rejects.toThrow(
      /belongs to fi, not to dk/,
    );
  });

  it('refuses a file that is not a database, and a damaged one, even as a new one', async () => {
    await using kept = await createKept();
    await (await kept.open()).destroy();
    const whole = fs.readFileSync(kept.path);
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 4096, 3 * 4096);
    fs.writeFileSync(kept.path, damaged);
    await expect(kept.open({ isNew: true })).rejects.toThrow(/damaged/);
    fs.writeFileSync(kept.path, 'this is a letter and not a database '.repeat(100));
    await expect(kept.open({ isNew: true })).rejects.toThrow(/is not a SQLite database/);
  });

  it('refuses a database that newer code has opened', async () => {
    await using kept = await createKept();
    const source = await kept.open();
    await source.query(`INSERT INTO migrations (timestamp, name) VALUES (9, 'FromTomorrow9')`);
    await source.destroy();
    await expect(kept.open()).rejects.toThrow(/newer than this code.*FromTomorrow9/);
  });

  it('refuses a broken disclosure record, unless the operator accepts it', async () => {
    await using kept = await createKept();
    const source = await kept.open();
    await read(source, 'dk:1');
    await source.query(`UPDATE disclosure_readings SET at = at + 1`);
    await source.destroy();
    await expect(kept.open()).rejects.toThrow(/broken at link 1/);
    await (await kept.open({ isNew: true })).destroy();
  });

  it('has all data in the file alone once it is closed, for its own user only', async () => {
    await using kept = await createKept();
    const source = await kept.open();
    await source.manager.insert(Thing, thing({ id: 'dk:2' }));
    await source.destroy();
    expect(await readdir(dirname(kept.path))).toEqual(['dk.sqlite']);
    if (process.platform === 'win32') return;
    for (const path of [kept.path, kept.file]) expect(fs.statSync(path).mode & 0o077).toBe(0);
  });

  it('repeats an interrupted first start, and leaves nothing of it', async () => {
    await using kept = await createKept();
    let loads = 0;
    const cut: PartnerDefinition = {
      ...definition,
      async loadFacts(database, partner) {
        await definition.loadFacts(database, partner);
        if ((loads += 1) === 1) throw new Error('cut off');
      },
    };
    const open = () =>
      openFilledDatabase(cut, {
        partner: 'dk',
        databaseUrl: `sqlite:${kept.path}`,
        content: 'facts',
        logger: silentLogger,
        recognition: { file: kept.file, mayBeFirst: true, isNew: false },
      });
    await expect(open()).rejects.toThrow('cut off');
    expect(await readdir(dirname(kept.path))).toEqual([]);
    expect(fs.existsSync(kept.file)).toBe(false);
    const source = await open();
    expect(await count(source)).toBe(1);
    await source.destroy();
  });
});

describe('openKeptDatabase on PostgreSQL', () => {
  it('refuses an empty, another or an older database', async () => {
    await using folder = await createFolder();
    await using own = await createPostgresDatabase();
    await using other = await createPostgresDatabase();
    const file = join(folder.path, 'dk.json');
    const source = await openAt(own.url, file);
    await read(source, 'dk:1');
    await source.destroy();
    await (await openAt(own.url, file)).destroy();

    await expect(openAt(other.url, file)).rejects.toThrow(/is empty\. dk last used/);
    const foreign = await openAt(other.url, join(folder.path, 'other.json'));
    await foreign.destroy();
    await expect(openAt(other.url, file)).rejects.toThrow(/is another one/);

    const client = new pg.Client({ connectionString: own.url });
    await client.connect();
    await client.query('DELETE FROM disclosure_readings');
    await client.end();
    await expect(openAt(own.url, file)).rejects.toThrow(/is an older copy, with 0 of 1 links/i);
  });

  it('refuses an empty database without permission to use it', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const file = join(folder.path, 'dk.json');
    const opening = openAt(database.url, file, { mayBeFirst: false, content: 'nothing' });
    await expect(opening).rejects.toThrow(/There is no database of dk/);
    await expect(opening).rejects.not.toThrow(/:[^/@]+@/);
  });
});
