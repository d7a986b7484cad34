import type { DataSource } from 'typeorm';
import { createDataSource } from '../database/data-source.js';
import type { Logger } from '../system/logger.js';

/** The key of PostgreSQL’s lock for users of a database: an arbitrary number. */
const inUse = 7_640_000_003;

const retryMs = 1_000;

/** One connection for the lock, and one for exclusive use. */
const connections = 2;

export interface Hold {
  /** For exclusive use: a connection in addition to that of the lock. */
  readonly source: DataSource;
  release(): Promise<void>;
}

export interface HoldOptions {
  readonly url: string;
  /** `shared` with other users; `alone` to replace the content. */
  readonly as: 'shared' | 'alone';
  /** Handles a lost connection. */
  readonly logger?: Logger;
}

/** Members of `pg` that TypeORM’s types lack. */
interface Client {
  ref(): void;
  unref(): void;
  once(event: 'end', listener: () => void): void;
}

/**
 * A client that disappears without closing, as after a power cut, counts as gone after a minute.
 */
const keepAlive =
  'SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3';

/**
 * Marks a database on a PostgreSQL server as in use, until the hold or the process ends. SQLite
 * does this itself. A shared hold is taken again after a lost connection. Behind a pooler it needs
 * the pooler’s session mode.
 * @returns undefined if another hold prevents it
 */
export async function holdDatabase(options: HoldOptions): Promise<Hold | undefined> {
  const { url, as, logger } = options;
  const source = createDataSource({ url, entities: [], migrations: [] }, connections);
  let isReleased = false;
  let timer: NodeJS.Timeout | undefined;
  let unlock: (() => Promise<unknown>) | undefined;

  const take = async (): Promise<boolean> => {
    const runner = source.createQueryRunner();
    try {
      const client = (await runner.connect()) as Client;
      await runner.query(keepAlive);
      const lock = as === 'shared' ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock';
      const [row] = await runner.manager.query<{ held: boolean }[]>(
        `SELECT ${lock}(${inUse}) AS held`,
      );
      if (!row?.held) {
        await runner.release();
        return false;
      }
      client.once('end', takeAgain);
      client.unref();
      unlock = () => {
        client.ref();
        return runner.query(`SELECT pg_advisory_unlock_all()`);
      };
      return true;
    } catch (error) {
      await runner.release();
      throw error;
    }
  };

  const takeAgain = (): void => {
    unlock = undefined;
    if (isReleased || as === 'alone') return;
    timer = setTimeout(() => {
      take().then(
        (isHeld) => (isHeld ? logger?.info('the database is held again') : takeAgain()),
        takeAgain,
      );
    }, retryMs).unref();
  };

  await source.initialize();
  const release = async () => {
    isReleased = true;
    clearTimeout(timer);
    // The pool does not wait for the end of its connections. Until then the server keeps their locks.
    // A lost connection has none.
    await unlock?.().catch(() => undefined);
    if (source.isInitialized) await source.destroy();
  };
  try {
    if (await take()) return { source, release };
  } catch (error) {
    await release();
    throw error;
  }
  await release();
  return undefined;
}
