import { writeIdentityFile } from '../identity-file.js';
import { BackUpError, type BackUpSummary } from './back-up-error.js';

export interface BackUpTarget {
  readonly from: string;
  readonly partner: string;
  /** The migrations of the code. */
  readonly migrations?: readonly string[];
}

/**
 * @throws {@link BackUpError} if a back-up belongs to another partner, or is newer than the code
 */
export function checkBackUp(
  found: Pick<BackUpSummary, 'partner' | 'migrations'>,
  { from, partner, migrations }: BackUpTarget,
): void {
  if (found.partner !== partner) {
    throw new BackUpError(`${from} is a back-up of ${found.partner}, not of ${partner}.`);
  }
  const newer = found.migrations.filter((name) => migrations?.includes(name) === false);
  if (newer.length === 0) return;
  throw new BackUpError(
    `${from} is newer than this code, which does not know ${newer.join(', ')}. Run the newer version.`,
  );
}

/** Notes in the identity file that a restored database is the partner’s own. */
export async function noteRestored(
  file: string | undefined,
  { partner, database, links, lastHash }: BackUpSummary,
  at: Date,
): Promise<void> {
  if (file === undefined) return;
  await writeIdentityFile(file, { partner, database, links, lastHash, at: at.toISOString() });
}
