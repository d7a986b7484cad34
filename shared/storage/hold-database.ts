import type { DataSource } from 'typeorm';
import { createDataSource } from '../database/data-source.js';
import type { Logger } from '../telemetry/index.js';

/** The name of PostgreSQL’s lock for those who use a database: a number of our own. */
const inUse = 7_640_000_003;

const retryMs = 1_000;

/** The lock’s, and one for whoever has the database alone. */
const connections = 2;

export interface Hold {
  /** For whoever has it alone: it has one connection beside the lock’s. */
  readonly source: DataSource;
  release(): Promise<void>;
}

export interface HoldOptions {
  readonly url: string;
  /** `shared` with others who use it; `alone` for whoever replaces what it holds. */
  readonly as: 'shared' | 'alone';
  /** Takes that the connection was cut. */
  readonly logger?: Logger;
}

/** What `pg` has and TypeORM does not say. */
interface Client {
  unref(): void;
  once(event: 'end', listener: () => void): void;
}

/** Who is cut off from the server, as by a power cut, counts as gone after a minute. */
const keepAlive =
  'SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3';

/**
 * Says on a PostgreSQL server that somebody uses a database, as long as the hold lasts or the process lives. SQLite knows by
 * itself. A shared hold whose connection is cut is taken again. Behind a pooler it needs the pooler’s session mode.
 * @returns undefined where somebody else’s hold forbids it
 */
export async function holdDatabase(options: HoldOptions): Promise<Hold | undefined> {
  const { url, as, logger } = options;
  const source = createDataSource({ url, entities: [], migrations: [] }, connections);
  let isReleased = false;
  let timer: NodeJS.Timeout | undefined;

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
      return true;
    } catch (error) {
      await runner.release();
      throw error;
    }
  };

  const takeAgain = (): void => {
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
