import type { DataSource } from 'typeorm';
import { verifyDisclosures } from '../records/disclosure/verify.js';
import type { KnownDatabase } from './identity-file.js';

interface ForeignKeyViolation {
  readonly table: string;
  readonly parent: string;
}

/**
 * The damage that SQLite finds in a database; undefined if none. PostgreSQL checks its pages itself
 * if it was created with `--data-checksums`.
 */
export async function findDamage(source: DataSource): Promise<string | undefined> {
  if (source.options.type !== 'sqlite') return undefined;
  const found = await source
    .query<{ integrity_check: string }[]>('PRAGMA integrity_check(1)')
    .catch((error: Error) => [{ integrity_check: error.message }]);
  const problem = found[0]?.integrity_check;
  if (problem !== 'ok') return `The database is damaged: ${problem ?? 'it cannot be checked'}.`;
  const [orphan] = await source.query<ForeignKeyViolation[]>('PRAGMA foreign_key_check');
  if (!orphan) return undefined;
  return `The database is damaged: a row of ${orphan.table} refers to one of ${orphan.parent} that is missing.`;
}

/**
 * Where the disclosure record is broken, or does not continue the recorded end; undefined if it is
 * valid. For a link that has been archived since, see the archive.
 */
export async function findBrokenRecord(
  source: DataSource,
  known: Pick<KnownDatabase, 'links' | 'lastHash'> | undefined,
): Promise<string | undefined> {
  const noted = known && { links: known.links, hash: known.lastHash };
  const result = await verifyDisclosures(source, { noted });
  if (result.isWhole) return undefined;
  const alone = noted ? await verifyDisclosures(source) : result;
  if (noted && alone.isWhole) {
    if (alone.archived > noted.links) return undefined;
    if (alone.links < noted.links)
      return `It is an older copy, with ${alone.links} of ${noted.links} links.`;
  }
  return `The disclosure record is broken at link ${result.sequence}: ${result.reason}.`;
}
