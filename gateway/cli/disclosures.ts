import { localDatabaseUrl, type Environment } from '@hub/shared/config';
import { openDatabase } from '@hub/shared/database';
import { DisclosureRecord, verifyDisclosures } from '@hub/shared/disclosure';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readNetworkConfig, UsageError } from '../config.js';

const usage = `Usage: npm run hub -- disclosures verify (--partner CODE | --database URL)

  --partner CODE   the database of this partner in the data folder
  --database URL   sqlite:PATH or postgres://…, for a partner that keeps its own`;

/** A record that is not whole, or cannot be read. */
export class DisclosuresError extends Error {
  override readonly name = 'DisclosuresError';
}

function readUrl(argv: readonly string[], environment?: Environment): string {
  const refuse = (fault: string) => new UsageError(`${fault}\n\n${usage}`);
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      options: { partner: { type: 'string' }, database: { type: 'string' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const { positionals, values } = parsed;
  if (positionals.join(' ') !== 'verify') {
    throw refuse(`Unknown command: disclosures ${positionals.join(' ')}`);
  }
  const { partner, database } = values;
  if ((partner === undefined) === (database === undefined)) {
    throw refuse('Say whose record: --partner or --database.');
  }
  if (database !== undefined) return database;
  const { network, dataDir } = readNetworkConfig(environment);
  const codes = network.partners.map(({ code }) => code);
  if (!partner || !codes.includes(partner)) {
    throw refuse(`--partner is one of ${codes.join(', ')}`);
  }
  return localDatabaseUrl(dataDir, partner, false);
}

/**
 * The command `disclosures verify`: walks a partner’s record of who read what, from its first link to its last, and
 * changes nothing.
 * @returns how many links there are, and the hash of the last: whoever wrote an earlier one down can tell whether the
 * record still goes on from there
 * @throws {@link UsageError}, or {@link DisclosuresError} that names the first link that does not fit
 */
export async function verifyRecord(
  argv: readonly string[],
  environment?: Environment,
): Promise<string> {
  const url = readUrl(argv, environment);
  // SQLite would make the file.
  if (url.startsWith('sqlite:') && !existsSync(url.slice('sqlite:'.length))) {
    throw new DisclosuresError('There is no such database.');
  }
  const source = await openDatabase({ url, entities: [DisclosureRecord], migrations: [] }).catch(
    () => {
      throw new DisclosuresError('The database cannot be opened.');
    },
  );
  try {
    const result = await verifyDisclosures(source).catch(() => {
      throw new DisclosuresError('The database has no record of disclosures that can be read.');
    });
    if (!result.isWhole) {
      throw new DisclosuresError(
        `The record is broken at link ${result.sequence}: ${result.reason}.`,
      );
    }
    return `whole: ${result.links} links, the last has the hash ${result.lastHash}`;
  } finally {
    await source.destroy();
  }
}
