import type { DataSource } from 'typeorm';

/** Shorter than the hub’s deadline for a partner, so that a caller learns the reason. */
const sqliteBusyTimeoutMs = 3_000;

/** Settings that make SQLite durable, and the values that it must confirm. */
const sqlitePragmas = [
  // First, so that the others wait while another process is working.
  { name: 'busy_timeout', value: String(sqliteBusyTimeoutMs), accepted: [sqliteBusyTimeoutMs] },
  { name: 'journal_mode', value: 'WAL', accepted: ['wal', 'memory'] },
  { name: 'synchronous', value: 'FULL', accepted: [2] },
  { name: 'foreign_keys', value: 'ON', accepted: [1] },
  // Deleted data is overwritten in the file.
  { name: 'secure_delete', value: 'ON', accepted: [1] },
] as const;

/** @throws if SQLite does not accept a setting */
export async function setSqlitePragmas(source: DataSource): Promise<void> {
  for (const { name, value, accepted } of sqlitePragmas) {
    await source.query(`PRAGMA ${name} = ${value}`);
    const [row] = await source.query<Record<string, unknown>[]>(`PRAGMA ${name}`);
    const actual = Object.values(row ?? {})[0];
    if (!(accepted as readonly unknown[]).includes(actual)) {
      throw new Error(`SQLite refuses ${name}=${value}: it is ${String(actual)}.`);
    }
  }
}
