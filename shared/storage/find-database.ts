import { pathToFileURL } from 'node:url';
import { DataSource } from 'typeorm';
import { sqliteDriver } from '../database/sqlite/sqlite-driver.js';
import { disclosureEntities } from '../records/chain/stored.entity.js';
import { isDiskFull } from '../system/disk.js';
import { findBrokenRecord, findDamage } from './check-integrity.js';
import type { KnownDatabase } from './identity-file.js';
import { restoreOrUse, type FoundDatabase } from './refuse-database.js';

/** The tables of a SQLite file. A search index is a virtual table, which keeps its data in shadow tables. */
const sqliteTables = `SELECT name FROM pragma_table_list
  WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND (type = 'table' OR type = 'virtual' AND name NOT LIKE '%\\_search' ESCAPE '\\')`;

/** The names of all tables, without those of search indexes. */
export async function listTables(source: DataSource): Promise<readonly string[]> {
  const rows = await source.query<{ name: string }[]>(
    source.options.type === 'sqlite'
      ? sqliteTables
      : `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()`,
  );
  return rows.map(({ name }) => name);
}

interface StoredMark {
  readonly id: string;
  readonly partner: string;
  readonly logs_begun?: number;
}

/** What a database contains, for every version of the code. */
export async function lookInto(source: DataSource): Promise<FoundDatabase> {
  const tables = await listTables(source);
  const [mark] = tables.includes('database_mark')
    ? await source.query<StoredMark[]>('SELECT * FROM "database_mark"')
    : [];
  const isEmpty = tables.length === 0;
  if (!mark) {
    // A PostgreSQL database may have tables of the operator.
    const isForeign =
      source.options.type === 'sqlite' && !isEmpty && !tables.includes('migrations');
    return { isEmpty, isForeign, mark: undefined };
  }
  // A database of an earlier version has no count.
  const { id, partner, logs_begun: logsBegun = 0 } = mark;
  return { isEmpty, isForeign: false, mark: { id, partner, logsBegun } };
}

/** SQLite’s `SQLITE_OPEN_READONLY` and `SQLITE_OPEN_URI`. */
const readOnlyUri = 1 | 64;

/**
 * What a SQLite file contains, without its log, before it is opened as a partner’s database.
 * Undefined if the file cannot be read this way.
 */
export const lookIntoFile = (path: string): Promise<FoundDatabase | undefined> =>
  // Damage is reported when the file is opened.
  readFileAlone(path, lookInto).catch(() => undefined);

/** The damage of a closed SQLite file; undefined if none. */
export const findFileDamage = (path: string): Promise<string | undefined> =>
  readFileAlone(path, findDamage).catch((error: Error) => error.message);

const restoreNewest = 'Restore the newest back-up.';

/**
 * What is true of a SQLite file that is refused, and what to do. It reads the file with its log, and
 * changes neither.
 */
export async function describeContent(path: string, known: KnownDatabase): Promise<string> {
  if (isDiskFull(path)) {
    return 'It cannot be checked while the disk is full. Free some space, and start again.';
  }
  const look = async (source: DataSource): Promise<string | undefined> => {
    const damage = await findDamage(source);
    if (damage) return `${damage} ${restoreNewest}`;
    const broken = await findBrokenRecord(source, known);
    return broken && `${broken} ${restoreOrUse}`;
  };
  const problem = await readFileAlone(path, look, { withLog: true }).catch(
    ({ message }: Error) => `The database is damaged: ${message}. ${restoreNewest}`,
  );
  if (problem) return problem;
  return `Its pages fit together, and its disclosure record is whole and has the ${known.links} links that ${known.partner} noted. HUB_NEW_DATABASE=true for one start keeps it as it is. The command \`restore\` loses what was written since the back-up.`;
}

/**
 * Reads a SQLite file without its log. This changes nothing and takes no lock.
 * @param withLog read its log too, which SQLite’s index of the log is made for
 */
async function readFileAlone<Result>(
  path: string,
  read: (source: DataSource) => Promise<Result>,
  { withLog = false } = {},
): Promise<Result> {
  const source = new DataSource({
    type: 'sqlite',
    driver: sqliteDriver,
    database: `${pathToFileURL(path).href}?${withLog ? 'mode=ro' : 'immutable=1'}`,
    flags: readOnlyUri,
    entities: disclosureEntities,
  });
  try {
    await source.initialize();
    return await read(source);
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}
