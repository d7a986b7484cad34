import type { DataSource } from 'typeorm';

/** Less than the hub waits for a partner, so that who waits in vain learns why. */
const sqliteBusyTimeoutMs = 3_000;

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

/** @throws when SQLite does not do as it is told */
export async function setSqlitePragmas(source: DataSource): Promise<void> {
  for (const { name, value, answers } of sqlitePragmas) {
    await source.query(`PRAGMA ${name} = ${value}`);
    const [row] = await source.query<Record<string, unknown>[]>(`PRAGMA ${name}`);
    const answer = Object.values(row ?? {})[0];
    if (!(answers as readonly unknown[]).includes(answer)) {
      throw new Error(`SQLite refuses ${name}=${value}: it is ${String(answer)}.`);
    }
  }
}
