import { DataSource, type DataSourceOptions, type MixedList } from 'typeorm';
import { postgresDriver } from './postgres-driver.js';
import { sqliteDriver } from './sqlite-driver.js';
import { setSqlitePragmas } from './sqlite-pragmas.js';

export interface DatabaseOptions {
  /** `sqlite:<path>` (`sqlite::memory:` for a database that nobody keeps) or a `postgres://` address. */
  readonly url: string;
  readonly entities: MixedList<Function>;
  readonly migrations: MixedList<Function>;
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

/**
 * Opens a partner’s database, brings its tables up to date, and makes sure that what is acknowledged is kept.
 * @throws when the database cannot be opened, migrated, or made durable.
 */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  const source = new DataSource(readOptions(options));
  await source.initialize();
  try {
    if (source.options.type === 'sqlite') await setSqlitePragmas(source);
    await source.runMigrations();
  } catch (error) {
    await source.destroy();
    throw error;
  }
  return source;
}
