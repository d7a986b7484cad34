import { existsSync } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { EntityManager, QueryRunner } from 'typeorm';
import { createDataSource, listRunMigrations } from '../../database/data-source.js';
import { DatabaseMark } from '../../database/database-mark.entity.js';
import { disclosureEntities } from '../../records/chain/stored.entity.js';
import { verifyDisclosures } from '../../records/disclosure/verify.js';
import { makeFolder } from '../../system/disk.js';
import { describeUrl, syncFolder } from '../sqlite-file.js';
import { BackUpError, type BackUpSummary } from './back-up-error.js';
import {
  walkBackUpFile,
  writeBackUpFile,
  writeHead,
  writeTable,
  type BackUpEnd,
} from './back-up-file.js';
import {
  listTables,
  plainForm,
  quote,
  readSequences,
  type PostgresTable,
} from './postgres-tables.js';

export interface BackUpPostgresOptions {
  readonly url: string;
  readonly to: string;
  readonly partner: string;
  readonly at: Date;
}

/**
 * Copies one state of a PostgreSQL database into a new file while its partner runs, and verifies
 * the copy. It delays nobody.
 * @throws {@link BackUpError}
 */
export async function backUpPostgres(options: BackUpPostgresOptions): Promise<BackUpSummary> {
  const { url, to } = options;
  if (existsSync(to)) throw new BackUpError(`${to} exists already.`);
  makeFolder(dirname(to));
  const draft = `${to}.new-${process.pid}`;
  const entities = [...disclosureEntities, DatabaseMark];
  const source = createDataSource({ url, entities, migrations: [] }, 1);
  await source.initialize();
  try {
    const runner = source.createQueryRunner();
    await asOneState(runner, () => writeBackUpFile(draft, readContent(runner.manager, options)));
    const summary = await verifyPostgresBackUp(draft);
    await link(draft, to);
    await syncFolder(dirname(to));
    return summary;
  } finally {
    await source.destroy();
    await rm(draft, { force: true });
  }
}

/**
 * Checks that a back-up is complete. Its disclosure record is verified when the back-up is made,
 * and when it is restored.
 * @throws {@link BackUpError}
 */
export async function verifyPostgresBackUp(path: string): Promise<BackUpSummary> {
  const { head, end } = await walkBackUpFile(path);
  const { partner, database, migrations } = head;
  const { rows, links, lastHash } = end;
  return { partner, database, migrations, rows, links, lastHash };
}

/**
 * Everything that is read within sees the same state, however long it takes. Nothing can be
 * written.
 */
async function asOneState(runner: QueryRunner, work: () => Promise<void>): Promise<void> {
  await runner.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0');
  await runner.query(plainForm);
  await runner.startTransaction('REPEATABLE READ');
  try {
    await runner.query('SET TRANSACTION READ ONLY');
    await work();
  } finally {
    await runner.rollbackTransaction().catch(() => undefined);
    await runner.release();
  }
}

async function* readContent(
  manager: EntityManager,
  { url, partner, at }: BackUpPostgresOptions,
): AsyncGenerator<string, Omit<BackUpEnd, 'sha256'>> {
  const tables = await listTables(manager);
  const where = describeUrl(url);
  const mark = tables.some(({ name }) => name === 'database_mark')
    ? (await manager.find(DatabaseMark))[0]
    : undefined;
  if (!mark) throw new BackUpError(`The database at ${where} has no mark of a partner.`);
  if (mark.partner !== partner) {
    throw new BackUpError(
      `The database at ${where} belongs to ${mark.partner}, not to ${partner}.`,
    );
  }
  // So that no migration changes a table meanwhile.
  const all = tables.map(({ name }) => quote(name)).join(', ');
  await manager.query(`LOCK TABLE ${all} IN ACCESS SHARE MODE`);
  const record = await verifyDisclosures({ manager });
  if (!record.isWhole) {
    throw new BackUpError(`${where}: the disclosure record is broken at ${record.sequence}.`);
  }
  const migrations = await listRunMigrations({ options: manager.connection.options, manager });
  yield writeHead({
    partner,
    database: mark.id,
    migrations: [...migrations],
    at: at.toISOString(),
  });
  const rows: Record<string, number> = {};
  for (const table of tables) {
    yield writeTable(table.name, table.columns);
    rows[table.name] = yield* readRows(manager, table);
  }
  const { links, lastHash } = record;
  return { rows, sequences: await readSequences(manager), links, lastHash };
}

/** Rows that are fetched from the server at a time. */
const rowsAtOnce = 1_000;

/** The rows of a table as lines of JSON, in the order of its key. */
async function* readRows(
  manager: EntityManager,
  { name, columns, key }: PostgresTable,
): AsyncGenerator<string, number> {
  const order =
    key.length > 0 ? ` ORDER BY ${key.map((column) => `t.${quote(column)}`).join(', ')}` : '';
  const texts = columns.map((column) => `${quote(column)}::text AS ${quote(column)}`).join(', ');
  const shown = `SELECT ${texts} FROM ${quote(name)} t${order}`;
  await manager.query(
    `DECLARE back_up CURSOR FOR SELECT row_to_json(r)::text AS line FROM (${shown}) r`,
  );
  let rows = 0;
  for (;;) {
    const some = await manager.query<{ line: string }[]>(`FETCH ${rowsAtOnce} FROM back_up`);
    if (some.length > 0) yield `${some.map((row) => row.line).join('\n')}\n`;
    rows += some.length;
    if (some.length < rowsAtOnce) break;
  }
  await manager.query('CLOSE back_up');
  return rows;
}
