import { DataSource, MigrationExecutor, type DataSourceOptions, type MixedList } from 'typeorm';
import { noteFiles } from './lost-file.js';
import { postgresDriver } from './postgres-driver.js';
import { sqliteDriver } from './sqlite-driver.js';
import { setSqlitePragmas } from './sqlite-pragmas.js';

export interface DatabaseOptions {
  /** `sqlite:<path>` (`sqlite::memory:` for a database that nobody keeps) or a `postgres://` address. */
  readonly url: string;
  readonly entities: MixedList<Function>;
  readonly migrations: MixedList<Function>;
  /** Sees the database before its tables are brought up to date; what it throws keeps it as it is. */
  readonly inspect?: ((source: DataSource) => Promise<void>) | undefined;
  /** How long PostgreSQL is waited for; SQLite is in this process. @default `defaultTimeouts` */
  readonly timeouts?: DatabaseTimeouts | undefined;
}

/**
 * How many connections to PostgreSQL a partner has at most. Measured on 2 cores with 16 and 64 requests at a time: one
 * connection answers two thirds as many small requests as eight, eight as many as sixteen.
 */
const postgresConnections = 10;

/** How long PostgreSQL is waited for, in milliseconds. */
export interface DatabaseTimeouts {
  /** It works so long on one statement. */
  readonly statementMs: number;
  /** A statement waits so long for a lock. */
  readonly lockMs: number;
  /** A caller waits so long for a connection: all may be in use, or the server does not respond. */
  readonly connectionMs: number;
}

/** All are less than the hub waits for a partner, so that who waits in vain learns why and holds no connection. */
export const defaultTimeouts: DatabaseTimeouts = {
  statementMs: 4_000,
  lockMs: 3_000,
  connectionMs: 3_000,
};

/** Whether an address is a PostgreSQL database’s. */
export const isPostgres = (url: string): boolean => /^postgres(ql)?:\/\//.test(url);

function readOptions(
  { url, entities, migrations, timeouts = defaultTimeouts }: DatabaseOptions,
  poolSize: number,
): DataSourceOptions {
  const common = {
    entities,
    migrations,
    migrationsTransactionMode: 'each',
    synchronize: false,
  } as const;
  if (url.startsWith('sqlite:')) {
    return {
      ...common,
      type: 'sqlite',
      database: url.slice('sqlite:'.length),
      driver: sqliteDriver,
    };
  }
  if (isPostgres(url)) {
    return {
      ...common,
      type: 'postgres',
      url,
      driver: postgresDriver,
      poolSize,
      extra: {
        statement_timeout: timeouts.statementMs,
        lock_timeout: timeouts.lockMs,
        connectionTimeoutMillis: timeouts.connectionMs,
      },
      installExtensions: false,
    };
  }
  throw new Error('DATABASE_URL is neither sqlite:<path> nor postgres://…');
}

/**
 * A partner’s database before it is opened. Nobody brings its tables up to date or makes it durable.
 * @param connections of PostgreSQL, at most. @default 10
 */
export const createDataSource = (
  options: DatabaseOptions,
  connections = postgresConnections,
): DataSource => new DataSource(readOptions(options, connections));

/** Migrations may take as long as they need. */
async function migrate(source: DataSource): Promise<void> {
  if (source.options.type !== 'postgres') return void (await source.runMigrations());
  const runner = source.createQueryRunner();
  try {
    await runner.query('SET statement_timeout = 0; SET lock_timeout = 0');
    const executor = new MigrationExecutor(source, runner);
    executor.transaction = 'each';
    await executor.executePendingMigrations();
    await runner.query('RESET statement_timeout; RESET lock_timeout');
  } finally {
    await runner.release();
  }
}

/** The migrations that have run on a database and that this code does not have: newer code has had it open. */
export async function listUnknownMigrations(source: DataSource): Promise<readonly string[]> {
  const known = new Set(source.migrations.map(({ name, constructor }) => name ?? constructor.name));
  return (await listRunMigrations(source)).filter((name) => !known.has(name));
}

/** The migrations that have run on a database, oldest first. */
export async function listRunMigrations({
  options,
  manager,
}: Pick<DataSource, 'options' | 'manager'>): Promise<readonly string[]> {
  const isPostgres = options.type === 'postgres';
  const [table] = await manager.query<unknown[]>(
    isPostgres
      ? `SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migrations'`
      : `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`,
  );
  if (!table) return [];
  const rows = await manager.query<{ name: string }[]>(
    'SELECT "name" FROM "migrations" ORDER BY "timestamp", "name"',
  );
  return rows.map(({ name }) => name);
}

/**
 * Opens a partner’s database, brings its tables up to date, and makes sure that what is acknowledged is kept.
 * @throws when the database cannot be opened, migrated, or made durable.
 */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  const source = createDataSource(options);
  await source.initialize();
  try {
    if (source.options.type === 'sqlite') await setSqlitePragmas(source);
    await options.inspect?.(source);
    await migrate(source);
    await noteFiles(source);
  } catch (error) {
    await source.destroy();
    throw error;
  }
  return source;
}
