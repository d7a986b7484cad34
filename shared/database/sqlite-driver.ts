import sqlite3, { type Statement } from 'sqlite3';

type Callback = (this: Statement, error: Error | null, rows?: unknown[]) => void;

/** So many texts stay prepared on one connection; which was used longest ago goes first. */
const mostKept = 100;

/**
 * So many copies of a text are prepared where it is asked for by several at a time. One copy answers one after the other,
 * and wakes this thread for each: of 16 at a time, each then cost 34 µs of CPU, and 13 with eight copies, beside an idle
 * core. Several connections brought no more than several copies on one.
 */
const mostCopies = 8;

/**
 * TypeORM begins deferred transactions only; one that reads first could not write after another process has. Ours takes
 * the right to write where it begins.
 */
const toStatement = (text: string): string =>
  text === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : text;

/** A prepared statement, and how many wait for what it reads. */
interface Copy {
  readonly statement: Statement;
  waiting: number;
}

/**
 * A connection to SQLite on which readings stay prepared: preparing takes longer than reading a page. SQLite prepares
 * one anew by itself where the schema has changed. Everything else (transactions, pragmas) is run as it comes, because
 * a statement of those that fails is under way until it is finalized.
 */
class PreparingDatabase extends sqlite3.Database {
  readonly #kept = new Map<string, Copy[]>();
  /** It closes when all that is under way has ended; nothing is kept any more, or it could not. */
  #isClosing = false;

  /** As TypeORM calls it, and nobody else. */
  override all(text: string, ...given: unknown[]): this {
    const [parameters, callback] = given as [unknown[] | undefined, Callback];
    if (this.#isClosing || !text.startsWith('SELECT ')) {
      return super.all(toStatement(text), parameters ?? [], callback);
    }
    const copy = this.#findFree(text) ?? this.#prepareCopy(text, callback);
    const forget = () => this.#forget(text, copy);
    copy.waiting += 1;
    copy.statement.all(parameters ?? [], function (this: Statement, error, rows) {
      copy.waiting -= 1;
      // Until it is finalized, a reading that failed keeps what it holds of the file.
      if (error) forget();
      callback.call(this, error, rows);
    });
    return this;
  }

  override close(callback?: (error: Error | null) => void): void {
    this.#isClosing = true;
    for (const text of this.#kept.keys()) this.#drop(text);
    super.close(callback);
  }

  /** One that nobody waits for; or, where there may be no more of them, the one that fewest wait for. */
  #findFree(text: string): Copy | undefined {
    const copies = this.#kept.get(text);
    if (!copies) return undefined;
    this.#kept.delete(text);
    this.#kept.set(text, copies);
    let freest: Copy | undefined;
    for (const copy of copies) {
      if (copy.waiting === 0) return copy;
      if (!freest || copy.waiting < freest.waiting) freest = copy;
    }
    return copies.length < mostCopies ? undefined : freest;
  }

  #prepareCopy(text: string, callback: Callback): Copy {
    const keep = () => this.#keep(text, copy);
    const statement = this.prepare(text, function (this: Statement, error: Error | null) {
      // What it was to read is dropped by the driver, which calls nobody.
      if (error) callback.call(this, error);
      else keep();
    });
    const copy: Copy = { statement, waiting: 0 };
    return copy;
  }

  #keep(text: string, copy: Copy): void {
    const copies = this.#kept.get(text) ?? [];
    // More may have been asked for before the first were prepared. What is under way ends first.
    if (this.#isClosing || copies.length >= mostCopies) {
      copy.statement.finalize();
      return;
    }
    this.#kept.delete(text);
    this.#kept.set(text, [...copies, copy]);
    if (this.#kept.size <= mostKept) return;
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined) this.#drop(oldest);
  }

  #drop(text: string): void {
    const copies = this.#kept.get(text) ?? [];
    this.#kept.delete(text);
    for (const { statement } of copies) statement.finalize();
  }

  #forget(text: string, copy: Copy): void {
    const copies = this.#kept.get(text) ?? [];
    // One that is not kept any more has been finalized.
    if (!copies.includes(copy)) return;
    const others = copies.filter((other) => other !== copy);
    if (others.length > 0) this.#kept.set(text, others);
    else this.#kept.delete(text);
    copy.statement.finalize();
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
