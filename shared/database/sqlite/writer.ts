import { DataSource } from 'typeorm';
import { setSqlitePragmas } from './sqlite-pragmas.js';

const writers = new WeakMap<DataSource, Promise<DataSource>>();

const isInMemory = (source: DataSource): boolean =>
  source.options.type === 'sqlite' && source.options.database === ':memory:';

/**
 * The connection that writes to a SQLite database. TypeORM has one connection to a database, on
 * which readers would see uncommitted data. So writers have their own. It is opened on first use,
 * and closed with the database. A database in memory has only one connection.
 */
export function writerOf(source: DataSource): Promise<DataSource> {
  const known = writers.get(source);
  if (known) return known;
  const writer = isInMemory(source) ? Promise.resolve(source) : openWriter(source);
  writers.set(source, writer);
  // A connection that could not be opened is tried again.
  writer.catch(() => writers.delete(source));
  return writer;
}

async function openWriter(source: DataSource): Promise<DataSource> {
  const writer = new DataSource(source.options);
  await writer.initialize();
  try {
    await setSqlitePragmas(writer);
  } catch (error) {
    await writer.destroy();
    throw error;
  }
  closeWith(source, writer);
  return writer;
}

function closeWith(source: DataSource, writer: DataSource): void {
  const destroy = source.destroy.bind(source);
  source.destroy = async () => {
    writers.delete(source);
    if (writer.isInitialized) await writer.destroy();
    await destroy();
  };
}
