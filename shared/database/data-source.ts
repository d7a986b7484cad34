import { DataSource, MigrationExecutor, type DataSourceOptions, type MixedList } from 'typeorm';
import { createPostgresDriver } from './postgres/postgres-driver.js';
import { defaultTimeouts, type DatabaseTimeouts } from './postgres/postgres-timeouts.js';
import type { StatementMeter } from './read-rows.js';
import { createSearchIndexes } from './search/search-indexes.js';
import { setSqlitePragmas } from './sqlite/connections.js';
import { noteFiles } from './sqlite/lost-file.js';
import { createSqliteDriver } from './sqlite/sqlite-driver.js';

export interface DatabaseOptions {
  /** `sqlite:<path>` (`sqlite::memory:` for a temporary database) or a `postgres://` URL. */
  readonly url: string;
  readonly entities: MixedList<Function>;
  readonly migrations: MixedList<Function>;
  /** Called before the migrations run. Throws to leave the database unchanged. */
  readonly inspect?: ((source: DataSource) => Promise<void>) | undefined;
  /** Called with the name of each migration before it runs. @default nothing is called */
  readonly onMigration?: ((name: string) => void) | undefined;
  /** The timeouts of PostgreSQL. SQLite runs in this process. @default `defaultTimeouts` */
  readonly timeouts?: DatabaseTimeouts | undefined;
  /** The most connections to PostgreSQL. @default {@link postgresConnections} */
  readonly connections?: number | undefined;
  /** Measures the statements. @default nothing is measured */
  readonly meter?: StatementMeter | undefined;
}

/**
 * The most connections of a partner to PostgreSQL. Measured on 2 cores with 16 and 64 simultaneous
 * requests: one connection serves two thirds as many small requests as eight, and eight serve as
 * many as sixteen.
 */
export const postgresConnections = 10;

/** True for the URL of a PostgreSQL database. */
export const isPostgres = (url: string): boolean => /^postgres(ql)?:\/\//.test(url);

function readOptions(
  { url, entities, migrations, timeouts = defaultTimeouts, meter }: DatabaseOptions,
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
      driver: createSqliteDriver(meter),
    };
  }
  if (isPostgres(url)) {
    return {
      ...common,
      type: 'postgres',
      url,
      driver: createPostgresDriver(meter),
      poolSize,
      extra: {
        statement_timeout: timeouts.statementMs,
        lock_timeout: timeouts.lockMs,
        connectionTimeoutMillis: timeouts.connectionMs,
      },
      installExtensions: false,
    };
  }
  throw new Error('DATABASE_URL must be sqlite:<path> or postgres://…');
}

/**
 * A partner’s database before it is opened. Nothing is migrated yet.
 * @param connections the most connections to PostgreSQL. @default 10
 */
export const createDataSource = (
  options: DatabaseOptions,
  connections = options.connections ?? postgresConnections,
): DataSource => new DataSource(readOptions(options, connections));

/** Says which migration runs, because one over many rows may take minutes. */
function announceMigrations(source: DataSource, onMigration: (name: string) => void): void {
  for (const migration of source.migrations) {
    const up = migration.up.bind(migration);
    migration.up = (runner) => {
      onMigration(migration.name ?? migration.constructor.name);
      return up(runner);
    };
  }
}

/** Migrations have no time limit. */
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

/** The migrations that have run and are not in this code: newer code has opened the database. */
export async function listUnknownMigrations(source: DataSource): Promise<readonly string[]> {
  const known = new Set(source.migrations.map(({ name, constructor }) => name ?? constructor.name));
  return (await listRunMigrations(source)).filter((name) => !known.has(name));
}

/** The migrations that have run, oldest first. */
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
 * Opens a partner’s database, runs its migrations, creates its search indexes, and makes writes
 * durable.
 * @throws if the database cannot be opened, migrated, or made durable.
 */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  const source = createDataSource(options);
  await source.initialize();
  try {
    if (source.options.type === 'sqlite') await setSqlitePragmas(source);
    await options.inspect?.(source);
    if (options.onMigration) announceMigrations(source, options.onMigration);
    await migrate(source);
    await createSearchIndexes(source);
    await noteFiles(source);
  } catch (error) {
    await source.destroy();
    throw error;
  }
  return source;
}
