import { DataSource, type DataSourceOptions, type MixedList } from 'typeorm';

export interface DatabaseOptions {
  /** `sqlite:<path>` (`sqlite::memory:` for a database that nobody keeps) or a `postgres://` address. */
  readonly url: string;
  readonly entities: MixedList<Function>;
  readonly migrations: MixedList<Function>;
}

const sqliteBusyTimeoutMs = 5_000;

function readOptions({ url, entities, migrations }: DatabaseOptions): DataSourceOptions {
  const common = {
    entities,
    migrations,
    migrationsTransactionMode: 'each',
    synchronize: false,
  } as const;
  if (url.startsWith('sqlite:')) {
    return { ...common, type: 'sqlite', database: url.slice('sqlite:'.length) };
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    return { ...common, type: 'postgres', url, poolSize: 10, installExtensions: false };
  }
  throw new Error('DATABASE_URL is neither sqlite:<path> nor postgres://…');
}

/** What SQLite must be told so that what is acknowledged is on disk, and what it must then answer. */
const sqlitePragmas = [
  // First, so that the others wait where another process is at work.
  { name: 'busy_timeout', value: String(sqliteBusyTimeoutMs), answers: [sqliteBusyTimeoutMs] },
  { name: 'journal_mode', value: 'WAL', answers: ['wal', 'memory'] },
  { name: 'synchronous', value: 'FULL', answers: [2] },
  { name: 'foreign_keys', value: 'ON', answers: [1] },
  // What is erased is overwritten in the file.
  { name: 'secure_delete', value: 'ON', answers: [1] },
] as const;

async function setSqlitePragmas(source: DataSource): Promise<void> {
  for (const { name, value, answers } of sqlitePragmas) {
    await source.query(`PRAGMA ${name} = ${value}`);
    const [row] = await source.query<Record<string, unknown>[]>(`PRAGMA ${name}`);
    const answer = Object.values(row ?? {})[0];
    if (!(answers as readonly unknown[]).includes(answer)) {
      throw new Error(`SQLite refuses ${name}=${value}: it is ${String(answer)}.`);
    }
  }
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
