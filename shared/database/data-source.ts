import { DataSource, type DataSourceOptions, type MixedList } from 'typeorm';
import { postgresDriver } from './postgres-driver.js';
import { sqliteDriver } from './sqlite-driver.js';
import { setSqlitePragmas } from './sqlite-pragmas.js';

export interface DatabaseOptions {
  /** `sqlite:<path>` (`sqlite::memory:` for a database that nobody keeps) or a `postgres://` address. */
  readonly url: string;
  readonly entities: MixedList<Function>;
  readonly migrations: MixedList<Function>;
  /** Sees the database before its tables are brought up to date; what it throws keeps it as it is. */
  readonly inspect?: (source: DataSource) => Promise<void>;
}

/**
 * How many connections to PostgreSQL a partner has at most. Measured on 2 cores with 16 and 64 requests at a time: one
 * connection answers two thirds as many small requests as eight, eight as many as sixteen.
 */
const postgresConnections = 10;

function readOptions({ url, entities, migrations }: DatabaseOptions): DataSourceOptions {
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
  if (/^postgres(ql)?:\/\//.test(url)) {
    return {
      ...common,
      type: 'postgres',
      url,
      driver: postgresDriver,
      poolSize: postgresConnections,
      installExtensions: false,
    };
  }
  throw new Error('DATABASE_URL is neither sqlite:<path> nor postgres://…');
}

/** The migrations that have run on a database and that this code does not have: newer code has had it open. */
export async function listUnknownMigrations(source: DataSource): Promise<readonly string[]> {
  const isPostgres = source.options.type === 'postgres';
  const known = new Set(source.migrations.map(({ name, constructor }) => name ?? constructor.name));
  const [table] = await source.query<unknown[]>(
    isPostgres
      ? `SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migrations'`
      : `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`,
  );
  if (!table) return [];
  const rows = await source.query<{ name: string }[]>('SELECT "name" FROM "migrations"');
  return rows.map(({ name }) => name).filter((name) => !known.has(name));
}

/**
 * Opens a partner’s database, brings its tables up to date, and makes sure that what is acknowledged is kept.
 * @throws when the database cannot be opened, migrated, or made durable.
 */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  const source = new DataSource(readOptions(options));
  await source.initialize();
  try {
    if (source.options.type === 'sqlite') await setSqlitePragmas(source);
    await options.inspect?.(source);
    await source.runMigrations();
  } catch (error) {
    await source.destroy();
    throw error;
  }
  return source;
}
