import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { listRunMigrations } from '../../database/data-source.js';
import { verifyDisclosures } from '../../records/disclosure/verify.js';
import { lookInto } from '../find-database.js';
import { holdDatabase } from '../hold-database.js';
import { createLoadsTable } from '../loads-table.js';
import { describeUrl } from '../sqlite-file.js';
import { BackUpError, type BackUpSummary } from './back-up-error.js';
import { walkBackUpFile, type BackUpEnd, type BackUpHead } from './back-up-file.js';
import { checkBackUp, noteRestored } from './check-back-up.js';
import {
  listForeignKeys,
  listTables,
  plainForm,
  quote,
  type PostgresTable,
} from './postgres-tables.js';

export interface RestorePostgresOptions {
  readonly from: string;
  readonly partner: string;
  readonly url: string;
  /** The migrations of the code. */
  readonly migrations: readonly string[];
  /** Opens the database with only these migrations. */
  readonly open: (migrations: readonly string[]) => Promise<DataSource>;
  /** The file that notes the identity of the partner’s database. Undefined if there is none. */
  readonly identityFile: string | undefined;
  readonly at: Date;
}

/**
 * Loads a back-up into an empty PostgreSQL database while the partner is stopped: completely and
 * verified, or not at all. The tables are as in the version of the back-up. The partner’s next
 * start migrates them.
 * @throws {@link BackUpError}
 */
export async function restorePostgres(options: RestorePostgresOptions): Promise<BackUpSummary> {
  const { from, partner, url, identityFile, at } = options;
  // The whole file is read and checked before anything changes.
  const { head } = await walkBackUpFile(from);
  checkBackUp(head, options);
  const hold = await holdDatabase({ url, as: 'alone' });
  if (!hold) {
    throw new BackUpError(`${describeUrl(url)} is in use. Stop the partner ${partner} first.`);
  }
  try {
    await checkTarget(hold.source, head, url);
    const source = await options.open(head.migrations);
    try {
      const { rows, links, lastHash } = await load(source, options);
      const { database, migrations } = head;
      const summary = { partner, database, migrations, rows, links, lastHash };
      await noteRestored(identityFile, summary, at);
      return summary;
    } finally {
      await source.destroy();
    }
  } finally {
    await hold.release();
  }
}

/** @throws {@link BackUpError} if the database has tables that differ from the back-up’s */
async function checkTarget(source: DataSource, head: BackUpHead, url: string): Promise<void> {
  const { isEmpty } = await lookInto(source);
  if (isEmpty) return;
  const found = new Set(await listRunMigrations(source));
  const isSame =
    found.size === head.migrations.length && head.migrations.every((n) => found.has(n));
  if (isSame) return;
  throw new BackUpError(
    `The tables of ${describeUrl(url)} are not of the same version as the back-up. Restore into an empty database.`,
  );
}

async function load(source: DataSource, options: RestorePostgresOptions): Promise<BackUpEnd> {
  const { from } = options;
  const runner = source.createQueryRunner();
  try {
    await runner.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0');
    await runner.query(plainForm);
    await createLoadsTable(source);
    await runner.startTransaction();
    try {
      await runner.query(`SELECT set_config('synchronous_commit', 'on', true)`);
      const end = await fill(runner, options);
      await runner.commitTransaction();
      // So that the first queries get the same plans as later ones.
      await runner.query('ANALYZE');
      return end;
    } catch (error) {
      await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  } catch (error) {
    // The database’s own message may contain values, so only its code is shown.
    const { code } = error as { readonly code?: string };
    if (error instanceof BackUpError || code === undefined) throw error;
    const reason = `The database refused ${from}: ${code}. Nothing was restored.`;
    throw new BackUpError(reason, { cause: error });
  } finally {
    await runner.release();
  }
}

async function fill(runner: QueryRunner, options: RestorePostgresOptions): Promise<BackUpEnd> {
  const { manager } = runner;
  const tables = await listTables(manager);
  // Nobody may read or write before everything is loaded.
  const all = tables.map(({ name }) => quote(name)).join(', ');
  await runner.query(`LOCK TABLE ${all} IN ACCESS EXCLUSIVE MODE`);
  await checkEmpty(manager, tables, options);
  await runner.query('DELETE FROM "database_mark"');

  // Rows may refer to later ones, so foreign keys are checked at the end.
  const keys = await listForeignKeys(manager);
  for (const { table, name } of keys) {
    await runner.query(`ALTER TABLE ${quote(table)} DROP CONSTRAINT ${quote(name)}`);
  }
  const end = await loadRows(manager, tables, options.from);
  for (const { table, name, definition } of keys) {
    await runner.query(`ALTER TABLE ${quote(table)} ADD CONSTRAINT ${quote(name)} ${definition}`);
  }
  for (const [name, value] of Object.entries(end.sequences)) {
    await runner.query('SELECT setval($1::regclass, $2::bigint)', [quote(name), value]);
  }
  await verify(manager, tables, end, options.from);
  return end;
}

async function checkEmpty(
  manager: EntityManager,
  tables: readonly PostgresTable[],
  { partner, url }: RestorePostgresOptions,
): Promise<void> {
  const where = describeUrl(url);
  const marks = await manager.query<{ partner: string }[]>('SELECT "partner" FROM "database_mark"');
  const other = marks.find((mark) => mark.partner !== partner);
  if (other) throw new BackUpError(`The database at ${where} belongs to ${other.partner}.`);
  for (const { name } of tables) {
    if (name === 'database_mark') continue;
    const [row] = await manager.query<unknown[]>(`SELECT 1 FROM ${quote(name)} LIMIT 1`);
    if (row) {
      throw new BackUpError(
        `The database at ${where} is not empty: ${name} has rows. Restore into an empty database.`,
      );
    }
  }
}

/** The most characters of rows in one statement. */
const charactersAtOnce = 1_000_000;

/**
 * Loads rows from the file as it is read. @throws {@link BackUpError} if it does not match, also at
 * its end
 */
async function loadRows(
  manager: EntityManager,
  tables: readonly PostgresTable[],
  from: string,
): Promise<BackUpEnd> {
  const known = new Map(tables.map((table) => [table.name, table]));
  let insert = '';
  const { end } = await walkBackUpFile(from, {
    table(name, columns) {
      const table = known.get(name);
      if (
        table?.columns.length !== columns.length ||
        !columns.every((column) => table.columns.includes(column))
      ) {
        throw new BackUpError(
          `${from} has a table ${name} that no migration creates, or that has other columns. Create it in the empty database first.`,
        );
      }
      insert = writeInsert(table, columns);
    },
    async rows(rows) {
      for (const some of inParts(rows)) await manager.query(insert, [`[${some.join(',')}]`]);
    },
  });
  return end;
}

/** A statement that inserts rows from an array of JSON objects. */
function writeInsert({ name, columns, types }: PostgresTable, given: readonly string[]): string {
  const list = given.map(quote).join(', ');
  const texts = given.map((column) => `${quote(column)} text`).join(', ');
  const values = given.map(
    (column) => `CAST(r.${quote(column)} AS ${types[columns.indexOf(column)]})`,
  );
  return `INSERT INTO ${quote(name)} (${list}) OVERRIDING SYSTEM VALUE SELECT ${values.join(', ')} FROM json_to_recordset($1::json) AS r(${texts})`;
}

function* inParts(rows: readonly string[]): Generator<readonly string[]> {
  let part: string[] = [];
  let characters = 0;
  for (const row of rows) {
    if (part.length > 0 && characters + row.length > charactersAtOnce) {
      yield part;
      part = [];
      characters = 0;
    }
    part.push(row);
    characters += row.length;
  }
  if (part.length > 0) yield part;
}

/** @throws {@link BackUpError} if the loaded rows differ from the back-up */
async function verify(
  manager: EntityManager,
  tables: readonly PostgresTable[],
  { rows, links, lastHash }: BackUpEnd,
  from: string,
): Promise<void> {
  for (const { name } of tables) {
    const [found] = await manager.query<{ count: string }[]>(
      `SELECT count(*)::text AS count FROM ${quote(name)}`,
    );
    if (Number(found?.count) !== (rows[name] ?? 0)) {
      throw new BackUpError(`${from}: rows of ${name} are missing. Nothing was restored.`);
    }
  }
  const record = await verifyDisclosures({ manager });
  if (!record.isWhole) {
    throw new BackUpError(`${from}: the disclosure record is broken at ${record.sequence}.`);
  }
  if (record.links !== links || record.lastHash !== lastHash) {
    throw new BackUpError(`${from}: the disclosure record has another end.`);
  }
}
