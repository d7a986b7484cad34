import type { DataSource, EntityMetadata } from 'typeorm';
import { indexOnPostgres } from './postgres-search-index.js';
import type { SearchIndex } from './search-index.js';
import { indexOnSqlite } from './sqlite-search-index.js';

/**
 * The search indexes that an entity declares: `@Index('events_search', { synchronize: false })` on
 * its column. TypeORM knows such an index by name only, and leaves it to others.
 */
export const searchIndexesOf = (metadata: EntityMetadata): SearchIndex[] =>
  metadata.indices
    .filter(({ synchronize }) => synchronize === false)
    .flatMap(({ name, givenColumnNames }) =>
      metadata.columns
        .filter(
          ({ propertyName }) =>
            Array.isArray(givenColumnNames) && givenColumnNames.includes(propertyName),
        )
        .map(({ databaseName }) => ({ name, table: metadata.tableName, column: databaseName })),
    );

const scanning = new WeakSet<DataSource>();

/** Whether searches of a database read every row, because it does not allow an index for them. */
export const searchesScan = (source: DataSource): boolean => scanning.has(source);

/**
 * Creates the search indexes that are missing, and fills them from the rows. A partner does so at
 * each start, not in a migration: an index is derived, TypeORM drops SQLite’s triggers when a later
 * migration makes a table anew, and PostgreSQL may allow the extension later.
 */
export async function createSearchIndexes(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  const indexes: SearchIndex[] = [];
  try {
    for (const index of source.entityMetadatas.flatMap(searchIndexesOf))
      if (await runner.hasColumn(index.table, index.column)) indexes.push(index);
    if (source.options.type === 'sqlite') await indexOnSqlite(runner, indexes);
    else if (!(await indexOnPostgres(runner, indexes))) scanning.add(source);
  } finally {
    await runner.release();
  }
}
