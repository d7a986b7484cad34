import { LRUCache } from 'lru-cache';
import sqlite3, { type Statement } from 'sqlite3';

type Callback = (this: Statement, error: Error | null, rows?: unknown[]) => void;

/**
 * So many texts stay prepared on one connection; which was used longest ago goes first. It is dropped on this thread, and
 * waits for the reading that is under way, so that texts in use had better have room.
 */
const mostKept = 250;

/**
 * So many copies of a text are prepared where it is asked for by several at a time. One copy answers one after the other,
 * and wakes this thread for each; several are answered together.
 */
const mostCopies = 8;

/**
 * Each copy that waits for the connection holds one of the process’s four threads. Only a text that was last answered
 * within this time is asked by more copies than one: one that is slow each time does not have them all for long.
 */
const quickMs = 100;

/**
 * TypeORM begins deferred transactions only; one that reads first could not write after another process has. Ours takes
 * the right to write where it begins.
 */
const toStatement = (text: string): string =>
  text === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : text;

/** Readings, and what is written by one statement: TypeORM’s own writes do not come by `all`. */
const staysPrepared = (text: string): boolean =>
  text.startsWith('SELECT ') || text.startsWith('INSERT ');

type Reading = (error: Error | null, rows?: unknown[]) => void;

/** A prepared statement, and who waits for what it reads. */
interface Copy {
  readonly statement: Statement;
  readonly waiting: Set<Reading>;
}

/** A text, as it is kept. */
interface Text {
  readonly copies: Copy[];
  /** It was last answered within `quickMs`, what it waited for included. */
  isQuick: boolean;
}

/** One that nobody waits for; or, where there are to be no more of them, the one that fewest wait for. */
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
  // One that is not kept any more has been finalized.
  if (place < 0) return;
  copies.splice(place, 1);
  copy.statement.finalize();
}

/**
 * A connection to SQLite on which readings, and what is written by one statement, stay prepared: preparing takes longer
 * than reading a page. SQLite prepares one anew by itself where the schema has changed. Everything else (transactions,
 * pragmas) is run as it comes, because a statement of those that fails is under way until it is finalized.
 */
class PreparingDatabase extends sqlite3.Database {
  readonly #kept = new LRUCache<string, Text>({
    max: mostKept,
    // What is under way on it ends first.
    dispose: ({ copies }) => copies.splice(0).forEach(({ statement }) => statement.finalize()),
  });
  /** It closes when all that is under way has ended; nothing is kept any more, or it could not. */
  #isClosing = false;

  /** As TypeORM calls it, and `readSqlite`. */
  override all(text: string, ...given: unknown[]): this {
    const [parameters, callback] = given as [unknown[] | undefined, Callback];
    if (this.#isClosing || !staysPrepared(text)) {
      return super.all(toStatement(text), parameters ?? [], callback);
    }
    const kept = this.#keep(text);
    const copy = pickCopy(kept) ?? this.#prepareCopy(kept, text);
    const askedAt = performance.now();
    const reading: Reading = (error, rows) => {
      copy.waiting.delete(reading);
      kept.isQuick = performance.now() - askedAt < quickMs;
      // Until it is finalized, a reading that failed keeps what it holds of the file.
      if (error) forget(kept, copy);
      callback.call(copy.statement, error, rows);
    };
    copy.waiting.add(reading);
    copy.statement.all(parameters ?? [], reading);
    return this;
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

  /** One more copy of a text. It may be asked at once; what it is asked waits until it is prepared. */
  #prepareCopy({ copies }: Text, text: string): Copy {
    const waiting = new Set<Reading>();
    const statement = this.prepare(text, (error: Error | null) => {
      // The driver drops what it was to read, and calls nobody.
      if (error) for (const reading of waiting) reading(error);
    });
    const copy: Copy = { statement, waiting };
    copies.push(copy);
    return copy;
  }
}

/**
 * The driver that TypeORM is given. Its own choice, `sqlite3.verbose()`, writes down the stack and all parameters of
 * every call, for errors that say where they come from: a fifth of what an answer cost.
 */
export const sqliteDriver = {
  ...sqlite3,
  Database: PreparingDatabase,
  verbose: () => sqliteDriver,
};
