import { AsyncLocalStorage } from 'node:async_hooks';
import { connect } from 'node:net';
import pg from 'pg';

/** Fires when nobody waits for a result any more. */
export interface CallerSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

const callers = new AsyncLocalStorage<CallerSignal>();

/**
 * Does work for a caller who may go away. Then PostgreSQL stops what it still does for them, and others get a connection.
 * For reading only: a write must go on to its end.
 */
export function forCaller<Result>(caller: CallerSignal, work: () => Result): Result {
  return callers.run(caller, work);
}

/** No connection to the database could be had: it does not respond, or all connections are in use. */
export class NoConnection extends Error {
  override readonly name = 'NoConnection';
}

type Callback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: () => void,
) => void;

/** The code of a `CancelRequest`, as the protocol has it. */
const cancelCode = 80_877_102;

/** Tells the server to stop what one of its processes does. */
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

/** What `pg` has and its types do not say. */
interface ClientInside {
  readonly processID: number | null;
  readonly secretKey: number | null;
  readonly connection: { readonly stream: { destroy(error?: Error): void } };
}

/**
 * A client of PostgreSQL that always has a listener for errors. The pool and TypeORM each listen while they hold a client; a
 * connection that is cut in between, as soon as it is usable, would end the process.
 */
class Client extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    // Whoever queries a client that has been cut is told so; the pool does not give it out again.
    this.on('error', () => undefined);
  }

  // The types of `pg` have nine forms of it; TypeORM uses one.
  override query(...given: unknown[]): never {
    const run = super.query as (...given: unknown[]) => unknown;
    const caller = callers.getStore();
    if (!caller || typeof given.at(-1) === 'function') return run.apply(this, given) as never;
    return this.#queryFor(caller, () => run.apply(this, given) as Promise<unknown>) as never;
  }

  async #queryFor(caller: CallerSignal, run: () => Promise<unknown>): Promise<unknown> {
    if (caller.aborted) throw new NoConnection('The caller has gone.');
    const cancel = () => this.#cancel();
    caller.addEventListener('abort', cancel);
    try {
      return await run();
    } finally {
      caller.removeEventListener('abort', cancel);
    }
  }

  /** Cuts the connection first: the server’s process serves nobody else then, whom a late cancel would hit. */
  #cancel(): void {
    const { processID, secretKey, connection } = this as unknown as ClientInside;
    connection.stream.destroy(new NoConnection('The caller has gone.'));
    if (processID !== null && secretKey !== null) {
      requestCancel(this, processID, secretKey, cancelTimeoutMs);
    }
  }
}

/** A pool of such clients. That none could be had is told from what the database refuses. */
class Pool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super({ ...config, Client } as pg.PoolConfig);
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

/** The driver that TypeORM is given. */
export const postgresDriver = { Pool, types: pg.types, defaults: pg.defaults };
