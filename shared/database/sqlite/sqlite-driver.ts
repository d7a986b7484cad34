import { LRUCache } from 'lru-cache';
import sqlite3, { type RunResult, type Statement } from 'sqlite3';
import { startStatement, unmeasured, type StatementMeter } from '../read-rows.js';
import { lookPragmas } from './lost-file.js';

type Callback = (this: Statement, error: Error | null, rows?: unknown[]) => void;

/**
 * The most prepared statements on one connection. The least recently used one is dropped, which
 * blocks this thread until the current read ends. So there should be room for all statements in
 * use.
 */
const mostStatements = 250;

/**
 * The most copies of a statement for simultaneous callers. One copy serves callers one after the
 * other and wakes this thread for each. Several copies are served together.
 */
const mostCopies = 8;

/**
 * Each copy that waits for the connection occupies one of the process’s four threads. So only a
 * statement that was last executed within this time gets more copies, and a slow one does not
 * occupy all threads.
 */
const quickMs = 100;

/**
 * TypeORM begins deferred transactions, which fail to write if another process has written since
 * they read. Ours take the write lock at their start.
 */
const toStatement = (text: string): string =>
  text === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : text;

/** Reads, and writes of one statement. TypeORM’s own writes do not use `all`. */
const staysPrepared = (text: string): boolean =>
  text.startsWith('SELECT ') ||
  text.startsWith('INSERT ') ||
  (lookPragmas as readonly string[]).includes(text);

type Ran = (this: RunResult, error: Error | null) => void;

type Reading = (error: Error | null, rows?: unknown[]) => void;

/** A prepared statement, and the callers that wait for its results. */
interface Copy {
  readonly statement: Statement;
  readonly waiting: Set<Reading>;
}

/** A cached statement. */
interface Text {
  readonly copies: Copy[];
  /** True if it was last executed within `quickMs`, including its waiting time. */
  isQuick: boolean;
}

/** A free copy. If there may be no more copies, the one with the fewest callers. */
function pickCopy({ copies, isQuick }: Text): Copy | undefined {
  if (!isQuick) return copies[0];
  let freest: Copy | undefined;
  for (const copy of copies) {
    if (!freest || copy.waiting.size < freest.waiting.size) freest = copy;
  }
  return freest?.waiting.size === 0 || copies.length === mostCopies ? freest : undefined;
}

function forget({ copies }: Text, copy: Copy): void {
  const place = copies.indexOf(copy);
  // A dropped copy has been finalized.
  if (place < 0) return;
  copies.splice(place, 1);
  copy.statement.finalize();
}

/**
 * A connection to SQLite that caches prepared statements for reads, and for writes of one
 * statement, because preparing takes longer than reading a page. SQLite prepares one again by
 * itself after a change of the schema. Everything else (transactions, other pragmas) is not cached,
 * because a failed statement stays active until it is finalized.
 */
class PreparingDatabase extends sqlite3.Database {
  protected readonly meter: StatementMeter = unmeasured;
  readonly #kept = new LRUCache<string, Text>({
    max: mostStatements,
    // Its current read ends first.
    dispose: ({ copies }) => copies.splice(0).forEach(({ statement }) => statement.finalize()),
  });
  /**
   * It closes when all statements have ended. Nothing is cached any more, because a cached
   * statement would prevent closing.
   */
  #isClosing = false;

  /** As TypeORM and `readSqlite` call it. */
  override all(text: string, ...given: unknown[]): this {
    const [parameters, callback] = given as [unknown[] | undefined, Callback];
    const end = startStatement(this.meter);
    if (this.#isClosing || !staysPrepared(text)) {
      return super.all(toStatement(text), parameters ?? [], function (error, rows) {
        end();
        callback.call(this, error, rows);
      });
    }
    const kept = this.#keep(text);
    const copy = pickCopy(kept) ?? this.#prepareCopy(kept, text);
    const askedAt = performance.now();
    const reading: Reading = (error, rows) => {
      end();
      copy.waiting.delete(reading);
      kept.isQuick = performance.now() - askedAt < quickMs;
      // Until it is finalized, a failed read keeps its lock on the file.
      if (error) forget(kept, copy);
      callback.call(copy.statement, error, rows);
    };
    copy.waiting.add(reading);
    copy.statement.all(parameters ?? [], reading);
    return this;
  }

  /** As TypeORM calls it, for writes. */
  override run(text: string, ...given: unknown[]): this {
    const callback = given.pop() as Ran;
    const [parameters = []] = given;
    const end = startStatement(this.meter);
    return super.run(text, parameters, function (error) {
      end();
      callback.call(this, error);
    });
  }

  override close(callback?: (error: Error | null) => void): void {
    this.#isClosing = true;
    this.#kept.clear();
    super.close(callback);
  }

  #keep(text: string): Text {
    const known = this.#kept.get(text);
    if (known) return known;
    const kept: Text = { copies: [], isQuick: false };
    this.#kept.set(text, kept);
    return kept;
  }

  /** Adds a copy. It accepts callers at once, and executes them when it is prepared. */
  #prepareCopy({ copies }: Text, text: string): Copy {
    const waiting = new Set<Reading>();
    const statement = this.prepare(text, (error: Error | null) => {
      // The driver drops the callers of a failed statement without calling back.
      if (error) for (const reading of waiting) reading(error);
    });
    const copy: Copy = { statement, waiting };
    copies.push(copy);
    return copy;
  }
}

/** What TypeORM uses of the package. */
export type SqliteDriver = Omit<typeof sqlite3, 'Database' | 'verbose'> & {
  readonly Database: new (path: string) => sqlite3.Database;
  verbose(): SqliteDriver;
};

/**
 * Makes a driver for TypeORM. Its default, `sqlite3.verbose()`, records the stack and all parameters
 * of every call for error messages, which took a fifth of the cost of a response.
 */
export function createSqliteDriver(meter: StatementMeter = unmeasured): SqliteDriver {
  class Database extends PreparingDatabase {
    protected override readonly meter = meter;
  }
  const driver: SqliteDriver = { ...sqlite3, Database, verbose: () => driver };
  return driver;
}

/** The driver for databases that nobody measures. */
export const sqliteDriver = createSqliteDriver();

/**
 * The oldest version of SQLite that cannot damage a file which several connections write or merge
 * (its “WAL-reset bug”). Versions before 3.51.0 also have no `wal_checkpoint(NOOP)`.
 */
const oldestVersion = '3.51.3';

/** As SQLite numbers its versions: 3051003. */
const toNumber = (version: string): number =>
  version.split('.').reduce((sum, part) => sum * 1_000 + Number(part), 0);

/** Versions that SQLite’s makers took back. */
const withdrawnVersions: ReadonlySet<string> = new Set(['3.52.0']);

/**
 * What the operator should know about a version of SQLite; undefined if nothing.
 * @throws if it may damage the database
 */
export function checkSqliteVersion(version: string): string | undefined {
  if (!(toNumber(version) >= toNumber(oldestVersion))) {
    throw new Error(
      `SQLite ${version} may damage a database: before ${oldestVersion}, a merge of the log can lose data. Build the package sqlite3 with a later version.`,
    );
  }
  if (!withdrawnVersions.has(version)) return undefined;
  return `SQLite ${version} was withdrawn by its makers. Build the package sqlite3 with a later version.`;
}

/** The version of SQLite in this process. */
export function readSqliteVersion(): Promise<string> {
  return new Promise((resolve, reject) => {
    const database = new sqliteDriver.Database(':memory:');
    database.all<{ version: string }>('SELECT sqlite_version() AS version', [], (error, rows) => {
      database.close();
      const [row] = rows ?? [];
      if (row) resolve(row.version);
      else reject(error ?? new Error('SQLite does not tell its version.'));
    });
  });
}
