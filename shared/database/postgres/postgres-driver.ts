import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import pg from 'pg';
import { startStatement, unmeasured, type StatementMeter } from '../read-rows.js';

/** Fires when nobody waits for the result any more. */
export interface CallerSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

const callers = new AsyncLocalStorage<CallerSignal>();

/**
 * Works for a caller who may disconnect. PostgreSQL then stops the statement, and its connection is
 * free for others. For reading only, because a write must be completed.
 */
export function forCaller<Result>(caller: CallerSignal, work: () => Result): Result {
  return callers.run(caller, work);
}

/**
 * No connection to the database is available: it does not respond, or all connections are in use.
 */
export class NoConnection extends Error {
  override readonly name = 'NoConnection';
}

type Callback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: () => void,
) => void;

/** The code of `CancelRequest` in PostgreSQL’s protocol. */
const cancelCode = 80_877_102;

/** Tells the server to stop the statement of one of its processes. */
function requestCancel(
  { host, port }: pg.Client,
  processId: number,
  secretKey: number,
  givenUpAfterMs: number,
): void {
  const message = Buffer.alloc(16);
  [message.length, cancelCode, processId, secretKey].forEach((value, index) =>
    message.writeInt32BE(value, index * 4),
  );
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  socket.setTimeout(givenUpAfterMs, () => socket.destroy());
  socket.on('error', () => socket.destroy()).end(message);
}

const cancelTimeoutMs = 5_000;

/** Each takes some ten kilobytes of the server’s memory, on each connection. */
const preparedAtMost = 100;

/**
 * What PostgreSQL says if a prepared statement no longer fits: a migration changed the form of its result, or a pooler
 * gave us a session that lacks it, or has it from somebody else. Nothing was read then.
 */
const ofPrepared: ReadonlySet<unknown> = new Set(['0A000', '26000', '42P05']);

/** Members of `pg` that its types do not declare. */
interface ClientState {
  /** `I` outside a transaction. */
  getTransactionStatus(): string | null;
}

/** Members of `pg` that its types do not declare. */
interface ClientInside {
  readonly processID: number | null;
  readonly secretKey: number | null;
  readonly connection: { readonly stream: { destroy(error?: Error): void } };
}

/**
 * A client of PostgreSQL that always has an error listener. The pool and TypeORM each listen only
 * while they hold a client. A connection that is closed in between would end the process.
 */
class Client extends pg.Client {
  protected readonly meter: StatementMeter = unmeasured;
  /** The name of each prepared statement by its text. Empty if it did not fit. */
  readonly #prepared = new Map<string, string>();

  constructor(config?: pg.ClientConfig) {
    super(config);
    // Queries on a closed client fail. The pool does not use it again.
    this.on('error', () => undefined);
  }

  // The types of `pg` have nine overloads. TypeORM uses one.
  override query(...given: unknown[]): never {
    const run = super.query as (...given: unknown[]) => unknown;
    const caller = callers.getStore();
    // The pool’s own statements have a callback.
    if (typeof given.at(-1) === 'function') return run.apply(this, given) as never;
    const end = startStatement(this.meter);
    const ask = () => this.#ask(given[0], given[1], (...query) => run.apply(this, query));
    const asked = caller ? this.#queryFor(caller, ask) : ask();
    return asked.finally(end) as never;
  }

  /** Parsing and planning a statement of ours takes longer than executing it, so PostgreSQL keeps those that read. */
  async #ask(
    text: unknown,
    values: unknown,
    run: (...query: unknown[]) => unknown,
  ): Promise<unknown> {
    // Without parameters, it is mostly one of the start, or one that will not come again.
    const name = Array.isArray(values) && values.length > 0 ? this.#nameOf(text) : undefined;
    if (typeof text !== 'string' || !name) return run(text, values);
    try {
      return await run({ name, text, values });
    } catch (error) {
      if (!ofPrepared.has((error as { code?: unknown }).code)) throw error;
      this.#prepared.set(text, '');
      return run(text, values);
    }
  }

  /** The name is of the text, so that behind a pooler, one name never stands for two statements. */
  #nameOf(text: unknown): string | undefined {
    if (typeof text !== 'string' || !text.startsWith('SELECT ')) return undefined;
    // In a transaction, a statement that does not fit would end it.
    if ((this as unknown as ClientState).getTransactionStatus() !== 'I') return undefined;
    const known = this.#prepared.get(text);
    if (known !== undefined || this.#prepared.size >= preparedAtMost) return known;
    const name = createHash('sha256').update(text).digest('base64url');
    this.#prepared.set(text, name);
    return name;
  }

  async #queryFor(caller: CallerSignal, run: () => Promise<unknown>): Promise<unknown> {
    if (caller.aborted) throw new NoConnection('The caller has disconnected.');
    const cancel = () => this.#cancel();
    caller.addEventListener('abort', cancel);
    try {
      return await run();
    } finally {
      caller.removeEventListener('abort', cancel);
    }
  }

  /**
   * Closes the connection first, so that a late cancel cannot stop the statement of another client.
   */
  #cancel(): void {
    const { processID, secretKey, connection } = this as unknown as ClientInside;
    connection.stream.destroy(new NoConnection('The caller has disconnected.'));
    if (processID !== null && secretKey !== null) {
      requestCancel(this, processID, secretKey, cancelTimeoutMs);
    }
  }
}

/** A pool of these clients. It reports a missing connection as {@link NoConnection}. */
class Pool extends pg.Pool {
  constructor(config: pg.PoolConfig, ClientClass: typeof Client) {
    super({ ...config, Client: ClientClass } as pg.PoolConfig);
  }

  override connect(callback?: Callback): never {
    const told: Callback = (error, client, done) => {
      const hasCode = error === undefined || 'code' in error;
      callback?.(hasCode ? error : new NoConnection(error.message, { cause: error }), client, done);
    };
    const connectTo = super.connect as (callback?: Callback) => unknown;
    return connectTo.call(this, callback && told) as never;
  }
}

/** What TypeORM uses of the package. */
export type PostgresDriver = Pick<typeof pg, 'types' | 'defaults'> & {
  readonly Pool: new (config: pg.PoolConfig) => pg.Pool;
};

/** Makes a driver for TypeORM. */
export function createPostgresDriver(meter: StatementMeter = unmeasured): PostgresDriver {
  class MeasuredClient extends Client {
    protected override readonly meter = meter;
  }
  class MeasuredPool extends Pool {
    constructor(config: pg.PoolConfig) {
      super(config, MeasuredClient);
    }
  }
  return { Pool: MeasuredPool, types: pg.types, defaults: pg.defaults };
}
