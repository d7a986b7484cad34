import type { DataSource } from 'typeorm';

/**
 * The version of all that is committed in a database. Where two versions are equal, nobody has
 * committed anything between them, in this process or another one. Read it before the data that you
 * cache by it: then a commit meanwhile has another version.
 *
 * On SQLite, `data_version` counts the commits of other connections, and `total_changes` the writes
 * of this one. On PostgreSQL it is the snapshot, which lists the transactions that are not committed
 * yet. Writes to any other table change the version too.
 */
export async function readVersion(source: DataSource): Promise<string> {
  const text =
    source.options.type === 'postgres'
      ? 'SELECT txid_current_snapshot()::text AS "version"'
      : `SELECT "data_version" || ' ' || total_changes() AS "version" FROM pragma_data_version`;
  const [row] = await source.query<{ readonly version: string }[]>(text);
  if (!row) throw new Error('The database has no version.');
  return row.version;
}
