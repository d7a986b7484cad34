import { localDatabaseUrl, localIdentityFile, type Environment } from '@hub/shared/config';
import { openDatabase } from '@hub/shared/database';
import {
  ArchiveError,
  BrokenChain,
  closePeriod,
  disclosureEntities,
  verifyDisclosures,
  walkArchives,
  type Head,
} from '@hub/shared/disclosure';
import { changeNoted } from '@hub/shared/storage';
import { existsSync } from 'node:fs';
import { readNetworkConfig, UsageError } from '../../config.js';
import { readDisclosureOptions, type WhoseRecord } from './disclosure-options.js';

/** A record that is broken or cannot be read. */
export class DisclosuresError extends Error {
  override readonly name = 'DisclosuresError';
}

const brokenAt = (sequence: number, reason: string): DisclosuresError =>
  new DisclosuresError(`The record is broken at link ${sequence}: ${reason}.`);

/**
 * The database of a record, and the file in which its partner notes the identity of its database.
 */
function locate({ partner, database }: WhoseRecord, environment?: Environment): DatabasePlace {
  if (database !== undefined) {
    return { url: database, file: `${database.replace(/^sqlite:/, '')}.identity.json` };
  }
  const { network, dataDir } = readNetworkConfig(environment);
  const codes = network.partners.map(({ code }) => code);
  if (!partner || !codes.includes(partner)) {
    throw new UsageError(`--partner must be one of ${codes.join(', ')}`);
  }
  return {
    url: localDatabaseUrl(dataDir, partner, false),
    file: localIdentityFile(dataDir, partner, false),
  };
}

interface DatabasePlace {
  readonly url: string;
  readonly file: string;
}

type DataSource = Awaited<ReturnType<typeof openDatabase>>;

/** Works on a record. Turns errors of the record or its files into messages. */
async function onRecord<Result>(
  whose: WhoseRecord,
  environment: Environment | undefined,
  work: (source: DataSource) => Promise<Result>,
): Promise<Result> {
  const { url, file } = locate(whose, environment);
  // SQLite would create the file.
  if (url.startsWith('sqlite:') && !existsSync(url.slice('sqlite:'.length))) {
    throw new DisclosuresError('The database does not exist.');
  }
  return changeNoted(url, file, () => openAndWork(url, work));
}

async function openAndWork<Result>(
  url: string,
  work: (source: DataSource) => Promise<Result>,
): Promise<Result> {
  const open = openDatabase({ url, entities: disclosureEntities, migrations: [] });
  const source = await open.catch(() => {
    throw new DisclosuresError('The database cannot be opened.');
  });
  try {
    return await explain(work(source));
  } finally {
    await source.destroy();
  }
}

async function explain<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DisclosuresError) throw error;
    if (error instanceof ArchiveError) throw new DisclosuresError(error.message);
    if (error instanceof BrokenChain) throw brokenAt(error.sequence, error.reason);
    throw new DisclosuresError(
      'The database has no readable record of disclosures. If it is from an earlier version, start its partner once.',
    );
  }
}

async function verify(
  source: DataSource,
  noted: Head | undefined,
  archives: readonly string[],
): Promise<string> {
  const result = await verifyDisclosures(source, { noted, archives });
  if (!result.isWhole) throw brokenAt(result.sequence, result.reason);
  const { links, archived, lastHash } = result;
  const unread = archived > 0 && archives.length === 0;
  const note = archived > 0 ? `, ${archived} of them archived${unread ? ' (not read)' : ''}` : '';
  return `whole: ${links} links${note}, the last has the hash ${lastHash}`;
}

/**
 * The command `disclosures`. `verify` checks a partner’s record of disclosures from its first link
 * to its last, and changes nothing. `close` moves the links before a date into an archive.
 * @returns the number of links and the last hash, which can be written down and compared later
 * @throws {@link UsageError}, or {@link DisclosuresError} with the first broken link
 */
export async function runRecordCommand(
  argv: readonly string[],
  environment?: Environment,
): Promise<string> {
  const options = readDisclosureOptions(argv);
  if (options.command === 'close') {
    const { until, to } = options;
    const { links, hash } = await onRecord(options, environment, (source) =>
      closePeriod(source, until, to),
    );
    return `closed: ${to} ends with link ${links}, which has the hash ${hash}`;
  }
  const { noted, archives } = options;
  if (options.partner === undefined && options.database === undefined) {
    const { links, hash } = await explain(walkArchives(archives, noted));
    return `whole: ${links} links, the last has the hash ${hash}`;
  }
  return onRecord(options, environment, (source) => verify(source, noted, archives));
}
