import 'reflect-metadata';

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Table, type DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { createDataSource } from '../../database/data-source.js';
import { Thing, thing, thingTables } from '../../database/test-things.js';
import {
  nameMigrations,
  openFilledDatabase,
  openPartnerDatabase,
} from '../../partner/partner-database.js';
import type { PartnerDefinition } from '../../partner/partner-definition.js';
import { recordDisclosures } from '../../records/disclosure/record.js';
import { silentLogger } from '../../system/logger.js';
import type { TestDatabase } from '../../testing/databases.js';
import { readerOf } from '../../testing/open-test-partner.js';
import { backUpPostgres } from './back-up-postgres.js';
import { restorePostgres } from './restore-postgres.js';

/**
 * Values of all types that a partner may have, rows that refer to later ones, and a generated
 * number.
 */
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

export const definition: PartnerDefinition = {
  subgraph: 'things',
  ...thingTables,
  migrations: [...thingTables.migrations, CreateKinds1764000000009],
  createSubgraph: () => Promise.reject(new Error('it is not served')),
  loadFacts: (database) =>
    database.transaction(async (manager) => {
      await manager.insert(Thing, thing({ id: 'dk:fact' }));
    }),
  loadDemonstration: () => Promise.resolve(),
};

export const newer: PartnerDefinition = {
  ...definition,
  migrations: [...definition.migrations, AddNotes1764000000010],
};

export const at = new Date('2026-11-25T12:00:00Z');

interface Opened {
  readonly partner?: string;
  readonly code?: PartnerDefinition;
  readonly content?: 'facts' | 'nothing';
  readonly file?: string;
}

export const openAt = (
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

export async function createFolder() {
  const path = await mkdtemp(join(tmpdir(), 'hub-back-up-'));
  return {
    path,
    file: join(path, 'back-ups', 'dk.backup'),
    identityFile: join(path, 'identities', 'dk.json'),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

export const backUp = ({ url }: TestDatabase, to: string) =>
  backUpPostgres({ url, to, partner: 'dk', at });

interface Restored {
  readonly partner?: string;
  readonly code?: PartnerDefinition;
  readonly identityFile?: string;
}

export const restore = (
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

export const read = (source: DataSource, subject: string, when = at) =>
  recordDisclosures({
    source,
    reader: { ...readerOf('fi', 'coordinator'), subject } as never,
    operationName: 'Who',
    readings: [{ type: 'Officer', fields: ['name'], records: 1 }],
    at: when,
  });

export const kinds = `INSERT INTO "kinds" ("id", "parent", "large", "exact", "real", "yes", "bytes", "texts", "plain", "binary", "at") VALUES
  ('a', 'z', 9007199254740993, 0.1000, 0.1, true, '\\x00ff', '{"a,b",NULL,"\\"c\\""}', E'{"b": 1,\\n "a":  2}', '{"b": 1, "a": 2}', '2026-11-25T12:00:00.123456+01'),
  ('b"æ\\\u2028\n', NULL, -4611686018427387903, 'NaN', '-Infinity', NULL, '', '{}', 'null', '[]', 'infinity'),
  ('z', 'a', NULL, NULL, NULL, false, NULL, NULL, NULL, NULL, NULL)`;

/** Every row of every table except the migrations’, as PostgreSQL shows it. */
export async function readAll({ url }: TestDatabase): Promise<Record<string, unknown>> {
  const source = createDataSource({ url, entities: [], migrations: [] }, 1);
  await source.initialize();
  try {
    const tables = await source.query<{ name: string }[]>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`,
    );
    const all: Record<string, unknown> = {};
    for (const { name } of tables) {
      // Databases of two locales order letters differently.
      const rows = `SELECT t::text AS t FROM "${name}" t`;
      all[name] = await source.query(`SELECT t FROM (${rows}) AS rows ORDER BY t COLLATE "C"`);
    }
    return all;
  } finally {
    await source.destroy();
  }
}
