import 'reflect-metadata';

import {
  openFilledDatabase,
  openPartnerDatabase,
  type PartnerDefinition,
} from '@hub/shared/partner';
import { checkDatabase, DatabaseRefused } from '@hub/shared/storage';
import { silentLogger } from '@hub/shared/telemetry';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { definition as police } from '../../../subgraphs/national-police/partner.js';
import { definition as nbnp } from '../../../subgraphs/nbnp/partner.js';
import { definition as offices } from '../../../subgraphs/ncm-offices/partner.js';

const folder = fileURLToPath(new URL('databases/', import.meta.url));
const definitions: Readonly<Record<string, PartnerDefinition>> = { nbnp, ncm: offices, dk: police };

type Row = Readonly<Record<string, unknown>>;
type Tables = ReadonlyMap<string, readonly Row[]>;

interface Old {
  /** The name of the database and of its identity file, without their endings. */
  readonly name: string;
  readonly partner: string;
  readonly content: 'facts' | 'demonstration';
  readonly definition: PartnerDefinition;
}

/** `2026-11-26-nbnp-facts`: the day of the version that wrote it, the partner and the content. */
const databases: Old[] = readdirSync(folder)
  .filter((file) => file.endsWith('.sqlite.gz'))
  .map((file) => {
    const name = file.slice(0, -'.sqlite.gz'.length);
    const [, partner = '', content] = /^[\d-]{10}-(\w+)-(facts|demonstration)$/.exec(name) ?? [];
    const definition = definitions[partner];
    if (!definition) throw new Error(`${file} is a database of no partner.`);
    return { name, partner, content: content as Old['content'], definition };
  });

/** A copy of an old database and its identity file, as an operator has them. */
function unpack({ name }: Old) {
  const path = mkdtempSync(join(tmpdir(), 'hub-upgrade-'));
  const file = join(path, 'partner.sqlite');
  const identity = join(path, 'identity.json');
  writeFileSync(file, gunzipSync(readFileSync(join(folder, `${name}.sqlite.gz`))));
  copyFileSync(join(folder, `${name}.identity.json`), identity);
  return { file, identity, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

type DatabaseFiles = Pick<ReturnType<typeof unpack>, 'file' | 'identity'>;

/** Opens a database as a server does that starts. Disposing of it closes it. */
async function open(
  { definition, partner, content }: Omit<Old, 'name'>,
  { file, identity }: DatabaseFiles,
) {
  const source = await openFilledDatabase(definition, {
    partner,
    databaseUrl: `sqlite:${file}`,
    content,
    logger: silentLogger,
    recognition: { file: identity, mayBeFirst: true, isNew: false },
  });
  return { source, [Symbol.asyncDispose]: () => source.destroy() };
}

/** An empty place for a new database. */
function makePlace() {
  const path = mkdtempSync(join(tmpdir(), 'hub-upgrade-new-'));
  return {
    file: join(path, 'partner.sqlite'),
    identity: join(path, 'identity.json'),
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  };
}

/** Tables that the kit keeps for itself: they are not what a partner knows. */
const ofKit =
  /^(database_mark|idempotency_keys|used_nonces|disclosure_|change|migrations|loads|sqlite_)/;

/** The tables of what a partner knows, with all rows. */
async function readTables(source: DataSource): Promise<Tables> {
  const found = await source.query<{ name: string }[]>(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`,
  );
  const own = new Set(source.entityMetadatas.map(({ tableName }) => tableName));
  const tables = new Map<string, readonly Row[]>();
  for (const { name } of found.filter((table) => own.has(table.name) && !ofKit.test(table.name)))
    tables.set(name, await source.query<Row[]>(`SELECT * FROM "${name}"`));
  return tables;
}

/** What an old database had, before any migration of this version. */
async function readOld(old: Old): Promise<Tables> {
  using place = unpack(old);
  const source = await openPartnerDatabase(old.definition, `sqlite:${place.file}`, { only: [] });
  try {
    return await readTables(source);
  } finally {
    await source.destroy();
  }
}

const asTexts = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).sort();

/** The rows of a database that people wrote: those that the facts of the same version do not have. */
async function readWritten(old: Old): Promise<[table: string, rows: readonly Row[]][]> {
  const facts = await readOld({ ...old, name: old.name.replace(/demonstration$/, 'facts') });
  return [...(await readOld(old))].map(([table, rows]) => {
    const known = new Set(asTexts(facts.get(table) ?? []));
    return [table, rows.filter((row) => !known.has(JSON.stringify(row)))];
  });
}

describe.each(databases)('the database $name of an earlier version', (old) => {
  it('is accepted, and gets all tables of this version', async () => {
    using place = unpack(old);
    await using upgraded = await open(old, place);
    expect(await upgraded.source.showMigrations(), 'migrations are left').toBe(false);
    const { upQueries } = await upgraded.source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
    expect(await checkDatabase(upgraded.source)).toBeUndefined();
  });

  it('is recognised at the next start', async () => {
    using place = unpack(old);
    await (await open(old, place)).source.destroy();
    await using again = await open(old, place);
    expect(await checkDatabase(again.source)).toBeUndefined();
  });

  it('is refused by the earlier version from then on, and is not changed by that', async () => {
    using place = unpack(old);
    await (await open(old, place)).source.destroy();
    const before = readFileSync(place.file);
    const { definition } = old;
    const last = definition.migrations.at(-1)?.name ?? '';
    const earlier = { ...definition, migrations: definition.migrations.slice(0, -1) };
    const starting = open({ ...old, definition: earlier }, place);
    await expect(starting).rejects.toThrow(DatabaseRefused);
    await expect(starting).rejects.toThrow(`newer than this code, which does not know ${last}`);
    expect(readFileSync(place.file).equals(before)).toBe(true);
  });
});

describe.each(databases.filter(({ content }) => content === 'facts'))(
  'the facts of $name',
  (old) => {
    it('become those of this version, in every table', async () => {
      using place = unpack(old);
      using empty = makePlace();
      await using upgraded = await open(old, place);
      await using fresh = await open(old, empty);
      const expected = await readTables(fresh.source);
      const found = await readTables(upgraded.source);
      expect([...found.keys()]).toEqual([...expected.keys()]);
      for (const [table, rows] of found)
        expect(asTexts(rows), table).toEqual(asTexts(expected.get(table) ?? []));
    });
  },
);

describe.each(databases.filter(({ content }) => content === 'demonstration'))(
  'what people wrote into $name',
  (old) => {
    it('is kept, in every column that this version has', async () => {
      const written = await readWritten(old);
      expect(written.flatMap(([, rows]) => rows).length).toBeGreaterThan(10);
      using place = unpack(old);
      await using upgraded = await open(old, place);
      const tables = await readTables(upgraded.source);
      for (const [table, rows] of written) {
        const kept = tables.get(table) ?? [];
        for (const row of rows) {
          const columns = Object.keys(row).filter((name) => name in (kept[0] ?? {}));
          const values = Object.fromEntries(columns.map((name) => [name, row[name]]));
          expect(columns.length, table).toBeGreaterThan(1);
          expect(kept, table).toContainEqual(expect.objectContaining(values));
        }
      }
    });
  },
);
