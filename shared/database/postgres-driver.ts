import pg from 'pg';

/** No connection to the database could be had: it does not respond, or all connections are in use. */
export class NoConnection extends Error {
  override readonly name = 'NoConnection';
}

type Callback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: () => void,
) => void;

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
