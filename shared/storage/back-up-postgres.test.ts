import 'reflect-metadata';

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Table, type DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { createDataSource } from '../database/data-source.js';
import { inTransaction } from '../database/index.js';
import { Thing, thing, thingTables } from '../database/test-things.js';
import { closePeriod, recordDisclosures, verifyDisclosures } from '../disclosure/index.js';
import {
  openFilledDatabase,
  openPartnerDatabase,
  type PartnerDefinition,
} from '../server/index.js';
import { nameMigrations } from '../server/partner-database.js';
import { silentLogger } from '../telemetry/index.js';
import { createPostgresDatabase, readerOf, type TestDatabase } from '../testing/index.js';
import { backUpPostgres } from './back-up-postgres.js';
import { restorePostgres } from './restore-postgres.js';
import { verifyBackUp } from './verify-back-up.js';

/** Values of the kinds that a partner may have, rows that refer to later ones, and a number that the database draws. */
class CreateKinds1764000000009 implements MigrationInterface {
  readonly name = 'CreateKinds1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE "kinds" (
      "id" varchar PRIMARY KEY,
      "parent" varchar CONSTRAINT "fk_kinds_parent" REFERENCES "kinds" ("id"),
      "drawn" bigint GENERATED ALWAYS AS IDENTITY,
      "large" bigint, "exact" numeric, "real" double precision, "yes" boolean,
      "bytes" bytea, "texts" text[], "plain" json, "binary" jsonb, "at" timestamptz,
      "twice" bigint GENERATED ALWAYS AS ("large" * 2) STORED
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('kinds');
  }
}

class AddNotes1764000000010 implements MigrationInterface {
  readonly name = 'AddNotes1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    const columns = [{ name: 'id', type: 'varchar', isPrimary: true }];
    await runner.createTable(new Table({ name: 'notes', columns }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('notes');
  }
}

const definition: PartnerDefinition = {
  ...thingTables,
  migrations: [...thingTables.migrations, CreateKinds1764000000009],
  policies: {},
  createSubgraph: () => Promise.reject(new Error('it is not served')),
  loadFacts: (database) =>
    database.transaction(async (manager) => {
      await manager.insert(Thing, thing({ id: 'dk:fact' }));
    }),
  loadDemonstration: () => Promise.resolve(),
};

const newer: PartnerDefinition = {
  ...definition,
  migrations: [...definition.migrations, AddNotes1764000000010],
};

const at = new Date('2026-11-25T12:00:00Z');

interface Opened {
  readonly partner?: string;
  readonly code?: PartnerDefinition;
  readonly content?: 'facts' | 'nothing';
  readonly file?: string;
}

const openAt = (
  { url }: TestDatabase,
  { partner = 'dk', code = definition, content = 'facts', file }: Opened = {},
): Promise<DataSource> =>
  openFilledDatabase(code, {
    partner,
    databaseUrl: url,
    content,
    logger: silentLogger,
    recognition: { file, mayBeFirst: true, isNew: false },
  });

async function createFolder() {
  const path = await mkdtemp(join(tmpdir(), 'hub-back-up-'));
  return {
    path,
    file: join(path, 'back-ups', 'dk.backup'),
    identityFile: join(path, 'identities', 'dk.json'),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

const backUp = ({ url }: TestDatabase, to: string) =>
  backUpPostgres({ url, to, partner: 'dk', at });

interface Restored {
  readonly partner?: string;
  readonly code?: PartnerDefinition;
  readonly identityFile?: string;
}

const restore = (
  { url }: TestDatabase,
  from: string,
  { partner = 'dk', code = definition, identityFile }: Restored = {},
) =>
  restorePostgres({
    from,
    partner,
    url,
    migrations: nameMigrations(code),
    open: (only) => openPartnerDatabase(code, url, { only }),
    identityFile,
    at,
  });

const read = (source: DataSource, subject: string, when = at) =>
  recordDisclosures({
    source,
    reader: { ...readerOf('fi', 'coordinator'), subject } as never,
    operationName: 'Who',
    readings: [{ type: 'Officer', fields: ['name'], records: 1 }],
    at: when,
  });

const kinds = `INSERT INTO "kinds" ("id", "parent", "large", "exact", "real", "yes", "bytes", "texts", "plain", "binary", "at") VALUES
  ('a', 'z', 9007199254740993, 0.1000, 0.1, true, '\\x00ff', '{"a,b",NULL,"\\"c\\""}', E'{"b": 1,\\n "a":  2}', '{"b": 1, "a": 2}', '2026-11-25T12:00:00.123456+01'),
  ('b"æ\\\u2028\n', NULL, -4611686018427387903, 'NaN', '-Infinity', NULL, '', '{}', 'null', '[]', 'infinity'),
  ('z', 'a', NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL)`;

/** Every row of every table but the migrations’, as PostgreSQL itself shows it. */
async function readAll({ url }: TestDatabase): Promise<Record<string, unknown>> {
  const source = createDataSource({ url, entities: [], migrations: [] }, 1);
  await source.initialize();
  try {
    const tables = await source.query<{ name: string }[]>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`,
    );
    const all: Record<string, unknown> = {};
    for (const { name } of tables) {
      all[name] = await source.query(`SELECT t::text FROM "${name}" t ORDER BY 1`);
    }
    return all;
  } finally {
    await source.destroy();
  }
}

describe('backUpPostgres', () => {
  it('copies every table, and restorePostgres brings every row back into an empty database', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase({ locale: 'sv' });
    const source = await openAt(database);
    await source.query(kinds);
    await source.query(`SELECT setval(pg_get_serial_sequence('kinds', 'drawn'), 4711)`);
    for (const subject of ['fi:a', 'fi:b', 'fi:ü\u2028']) await read(source, subject);
    const made = await backUp(database, folder.file);
    expect(made).toMatchObject({
      partner: 'dk',
      links: 3,
      rows: { kinds: 3, things: 1, loads: 1 },
    });
    await source.destroy();
    if (process.platform !== 'win32') expect(statSync(folder.file).mode & 0o077).toBe(0);
    expect(await readdir(dirname(folder.file))).toEqual(['dk.backup']);
    const target = { from: folder.file, partner: 'dk', migrations: nameMigrations(definition) };
    expect(await verifyBackUp(target)).toEqual(made);

    await using other = await createPostgresDatabase();
    const { file, identityFile } = folder;
    expect(await restore(other, file, { identityFile })).toEqual(made);
    expect(await readAll(other)).toEqual(await readAll(database));
    const restored = await openAt(other, { file: identityFile });
    const [drawn] = await restored.query(
      `INSERT INTO "kinds" ("id") VALUES ('n') RETURNING "drawn"`,
    );
    expect(drawn).toEqual({ drawn: '4712' });
    await expect(
      restored.query(`INSERT INTO "kinds" ("id", "parent") VALUES ('o', 'nobody')`),
    ).rejects.toThrow(/fk_kinds_parent/);
    await restored.destroy();
  });

  it('copies one moment while the partner writes: what was written together is there or not, and the record is whole', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database);
    let isDone = false;
    let written = 0;
    const write = async (writer: number) => {
      for (let turn = 0; !isDone; turn += 1) {
        await inTransaction(source, async (manager) => {
          await manager.insert(Thing, thing({ id: `dk:${writer}-${turn}` }));
          await manager.query(`INSERT INTO "kinds" ("id") VALUES ($1)`, [`${writer}-${turn}`]);
        });
        await read(source, `fi:${writer}`);
        written += 1;
      }
    };
    const writing = Promise.all([0, 1, 2, 3].map(write));
    try {
      const files: string[] = [];
      while (files.length < 5) {
        const before = written;
        const file = `${folder.file}-${files.length}`;
        const { rows, links } = await backUp(database, file);
        expect(rows['things']).toBe((rows['kinds'] ?? NaN) + 1);
        expect(rows['disclosure_readings']).toBe(links);
        // Those who write add a link after each pair of rows.
        expect((rows['kinds'] ?? NaN) - links).toBeGreaterThanOrEqual(0);
        expect((rows['kinds'] ?? NaN) - links).toBeLessThanOrEqual(4);
        if (written > before) files.push(file);
      }
      await using other = await createPostgresDatabase();
      const last = files.at(-1) ?? '';
      const { rows, links } = await restore(other, last);
      const restored = await openAt(other);
      expect(await restored.manager.count(Thing)).toBe(rows['things']);
      expect(await verifyDisclosures(restored)).toMatchObject({ isWhole: true, links });
      await restored.destroy();
    } finally {
      isDone = true;
      await writing;
      await source.destroy();
    }
  });

  it('keeps what was archived verifiable', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database);
    await read(source, 'fi:a', new Date('2025-05-01T00:00:00Z'));
    await read(source, 'fi:b', new Date('2025-06-01T00:00:00Z'));
    await read(source, 'fi:c');
    const archive = join(folder.path, '2025.archive');
    await closePeriod(source, new Date('2026-01-01T00:00:00Z'), archive);
    await backUp(database, folder.file);
    await source.destroy();
    await using other = await createPostgresDatabase();
    expect(await restore(other, folder.file)).toMatchObject({ links: 3 });
    const restored = await openAt(other);
    expect(await verifyDisclosures(restored, { archives: [archive] })).toMatchObject({
      isWhole: true,
      links: 3,
      archived: 2,
    });
    await read(restored, 'fi:d');
    expect(await verifyDisclosures(restored, { archives: [archive] })).toMatchObject({ links: 4 });
    await restored.destroy();
  });

  it('replaces no file, and copies no other partner’s database and none whose record is broken', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database);
    await read(source, 'fi:a');
    await read(source, 'fi:b');
    await backUp(database, folder.file);
    await expect(backUp(database, folder.file)).rejects.toThrow(/exists already/);
    const to = join(folder.path, 'back-ups', 'other');
    await expect(backUpPostgres({ url: database.url, to, partner: 'fi', at })).rejects.toThrow(
      /belongs to dk, not to fi/,
    );
    await source.query('UPDATE disclosure_readings SET at = 0 WHERE sequence = 2');
    await expect(backUp(database, to)).rejects.toThrow(/record is broken at 2/);
    await source.destroy();
    await using empty = await createPostgresDatabase();
    await expect(backUp(empty, to)).rejects.toThrow(/has no mark/);
    expect(await readdir(dirname(folder.file))).toEqual(['dk.backup']);
  });
});

describe('restorePostgres', () => {
  it('refuses a file that is cut, altered, another partner’s or no back-up, and leaves the database as it was', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database);
    await source.query(kinds);
    await read(source, 'fi:a');
    await backUp(database, folder.file);
    await source.destroy();
    await using other = await createPostgresDatabase();
    await expect(restore(other, folder.file, { partner: 'fi' })).rejects.toThrow(
      /a back-up of dk, not of fi/,
    );
    const whole = readFileSync(folder.file);
    const lines = gunzipSync(whole).toString().split('\n');
    const at = lines.findIndex((line) => line.includes('"dk:fact"'));
    const others: [RegExp, Buffer][] = [
      [/is cut off/, whole.subarray(0, whole.length / 2)],
      [/is cut off/, gzipSync(lines.slice(0, -2).join('\n'))],
      [/is cut off/, gzipSync(lines.slice(0, -2).join('\n') + '\n')],
      [/was altered/, gzipSync(lines.filter((_, index) => index !== at).join('\n'))],
      [/was altered/, gzipSync(lines.join('\n').replace('"dk:fact"', '"dk:fake"'))],
      [/was altered/, gzipSync([...lines.slice(0, at), lines[at], ...lines.slice(at)].join('\n'))],
      [/goes on after its end/, gzipSync(lines.join('\n') + '{}\n')],
      [/not a back-up/, gzipSync('{"a":1}\n')],
      [/not a back-up/, Buffer.from('no back-up')],
      [/is cut off/, Buffer.alloc(0)],
    ];
    const broken = Buffer.from(whole);
    const middle = Math.floor(whole.length / 2);
    broken.writeUInt8(broken.readUInt8(middle) ^ 0xff, middle);
    others.push([/altered|cut off/, broken]);
    for (const [reason, content] of others) {
      writeFileSync(folder.file, content);
      await expect(restore(other, folder.file), String(reason)).rejects.toThrow(reason);
    }
    await expect(restore(other, `${folder.file}.none`)).rejects.toThrow(/is not there/);
    expect(await readAll(other)).toEqual({});
  });

  it('refuses a newer back-up, and brings an older one up to date at the partner’s next start', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database, { code: newer });
    await backUp(database, folder.file);
    await source.destroy();
    await using other = await createPostgresDatabase();
    await expect(restore(other, folder.file)).rejects.toThrow(
      /newer than this code, which does not know AddNotes1764000000010/,
    );
    expect(await readAll(other)).toEqual({});

    await using old = await createPostgresDatabase();
    await (await openAt(old)).destroy();
    const file = `${folder.file}-old`;
    await backUp(old, file);
    await using migrated = await createPostgresDatabase();
    await (await openAt(migrated, { code: newer, content: 'nothing' })).destroy();
    await expect(restore(migrated, file, { code: newer })).rejects.toThrow(
      /not of the same version/,
    );
    await restore(other, file, { code: newer });
    const restored = await openAt(other, { code: newer });
    expect(await restored.manager.count(Thing)).toBe(1);
    expect(await restored.query('SELECT * FROM "notes"')).toEqual([]);
    await restored.destroy();
  });

  it('restores into tables that are empty, and into none that have rows', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    await (await openAt(database)).destroy();
    await backUp(database, folder.file);
    await expect(restore(database, folder.file)).rejects.toThrow(/is not empty: \w+ has rows/);
    await using foreign = await createPostgresDatabase();
    await (await openAt(foreign, { partner: 'fi', content: 'nothing' })).destroy();
    await expect(restore(foreign, folder.file)).rejects.toThrow(/belongs to fi/);
    await using migrated = await createPostgresDatabase();
    await (await openAt(migrated, { content: 'nothing' })).destroy();
    await restore(migrated, folder.file);
    expect(await readAll(migrated)).toEqual(await readAll(database));
  });

  it('restores nothing where rows refer to others that are missing', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database);
    await source.query('ALTER TABLE "kinds" DROP CONSTRAINT "fk_kinds_parent"');
    await source.query(`INSERT INTO "kinds" ("id", "parent") VALUES ('a', 'nobody')`);
    await backUp(database, folder.file);
    await source.destroy();
    await using other = await createPostgresDatabase();
    await expect(restore(other, folder.file)).rejects.toThrow(/refused .*: 23503/);
    const rows = Object.values(await readAll(other)).flat();
    expect(rows).toEqual([]);
  });

  it('restores a table of the operator’s own once it is there', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database);
    await source.query('CREATE TABLE "own" ("a" int)');
    await source.query('INSERT INTO "own" VALUES (1)');
    await backUp(database, folder.file);
    await source.destroy();
    await using other = await createPostgresDatabase();
    await expect(restore(other, folder.file)).rejects.toThrow(/a table own that/);
    const target = await openPartnerDatabase(definition, other.url);
    await target.query('CREATE TABLE "own" ("a" int)');
    await target.destroy();
    await restore(other, folder.file);
    expect(await readAll(other)).toEqual(await readAll(database));
  });

  it('waits for no partner: it refuses while one runs, and the partner refuses to start meanwhile', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database);
    await backUp(database, folder.file);
    await source.destroy();
    await using other = await createPostgresDatabase();
    const running = await openAt(other, { content: 'nothing' });
    await expect(restore(other, folder.file)).rejects.toThrow(/in use. Stop the partner dk first/);
    await running.destroy();
    let refused: unknown;
    await restorePostgres({
      from: folder.file,
      partner: 'dk',
      url: other.url,
      migrations: nameMigrations(definition),
      async open(only) {
        refused = await openAt(other).catch((error: unknown) => error);
        return openPartnerDatabase(definition, other.url, { only });
      },
      identityFile: undefined,
      at,
    });
    expect(String(refused)).toMatch(/is being restored/);
    expect(existsSync(folder.file)).toBe(true);
    await (await openAt(other)).destroy();
  });
});
