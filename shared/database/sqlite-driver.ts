import sqlite3, { type Statement } from 'sqlite3';

type Callback = (this: Statement, error: Error | null, rows?: unknown[]) => void;

/** So many statements stay prepared on one connection; which was used longest ago goes first. */
const mostKept = 100;

/**
 * TypeORM begins deferred transactions only; one that reads first could not write after another process has. Ours takes
 * the right to write where it begins.
 */
const toStatement = (text: string): string =>
  text === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : text;

/**
 * A connection to SQLite on which readings stay prepared: preparing takes longer than reading a page. SQLite prepares
 * one anew by itself where the schema has changed. Everything else (transactions, pragmas) is run as it comes, because
 * a statement of those that fails is under way until it is finalized.
 */
class PreparingDatabase extends sqlite3.Database {
  readonly #kept = new Map<string, Statement>();
  /** It closes when all that is under way has ended; nothing is kept any more, or it could not. */
  #isClosing = false;

  /** As TypeORM calls it, and nobody else. */
  override all(text: string, ...given: unknown[]): this {
    const [parameters, callback] = given as [unknown[] | undefined, Callback];
    if (this.#isClosing || !text.startsWith('SELECT ')) {
      return super.all(toStatement(text), parameters ?? [], callback);
    }
    const kept = this.#kept.get(text);
    const statement = kept ?? this.prepare(text, this.#whenPrepared(text, callback));
    if (kept) this.#keep(text, kept);
    const forget = () => this.#drop(text, statement);
    statement.all(parameters ?? [], function (this: Statement, error, rows) {
      // Until it is finalized, a reading that failed keeps what it holds of the file.
      if (error) forget();
      callback.call(this, error, rows);
    });
    return this;
  }

  override close(callback?: (error: Error | null) => void): void {
    this.#isClosing = true;
    for (const [text, statement] of this.#kept) this.#drop(text, statement);
    super.close(callback);
  }

  #whenPrepared(text: string, callback: Callback): Callback {
    const keep = (statement: Statement) => this.#keep(text, statement);
    return function (this: Statement, error) {
      // What it was to read is dropped by the driver, which calls nobody.
      if (error) callback.call(this, error);
      else keep(this);
    };
  }

  #keep(text: string, statement: Statement): void {
    if (this.#isClosing) {
      statement.finalize();
      return;
    }
    const before = this.#kept.get(text);
    this.#kept.delete(text);
    this.#kept.set(text, statement);
    // Asked for twice before the first was prepared.
    if (before && before !== statement) before.finalize();
    if (this.#kept.size <= mostKept) return;
    const [oldest] = this.#kept;
    if (oldest) this.#drop(...oldest);
  }

  #drop(text: string, statement: Statement): void {
    // One that is not kept any more has been finalized.
    if (this.#kept.get(text) !== statement) return;
    this.#kept.delete(text);
    statement.finalize();
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
