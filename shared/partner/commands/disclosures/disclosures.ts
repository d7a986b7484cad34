import { existsSync } from 'node:fs';
import { openDatabase } from '../../../database/data-source.js';
import { BrokenChain, type Head } from '../../../records/chain/chain.js';
import { disclosureEntities } from '../../../records/chain/stored.entity.js';
import { ArchiveError } from '../../../records/disclosure/archive-file.js';
import { closePeriod } from '../../../records/disclosure/close-period.js';
import { verifyDisclosures, walkArchives } from '../../../records/disclosure/verify.js';
import { HeadOpening } from '../../../records/witness/head-opening.entity.js';
import { NetworkHead } from '../../../records/witness/network-head.entity.js';
import { changeNoted } from '../../../storage/change-noted.js';
import { openOwnSide, type OwnSideOptions } from '../../heads/own-side.js';
import { readDisclosureOptions, type HeadOptions, type WhoseRecord } from './disclosure-options.js';
import { DisclosuresError } from './disclosures-error.js';
import { handInHead, showHeads } from './heads.js';

const brokenAt = (sequence: number, reason: string): DisclosuresError =>
  new DisclosuresError(`The record is broken at link ${sequence}: ${reason}.`);

/**
 * The database of a record, and the file in which its partner notes the identity of its database.
 */
interface DatabasePlace {
  readonly url: string;
  readonly file: string;
  /** With what the partner hands in the end of its record. @default it cannot */
  readonly ownSide?: OwnSideOptions;
}

/**
 * Finds the database of a partner that is named on the command line.
 * @throws `UsageError` if there is no such partner here
 */
export type LocatePartner = (partner: string) => DatabasePlace;

function locate(
  { partner = '', database }: WhoseRecord,
  locatePartner: LocatePartner,
): DatabasePlace {
  if (database === undefined) return locatePartner(partner);
  return { url: database, file: `${database.replace(/^sqlite:/, '')}.identity.json` };
}

type DataSource = Awaited<ReturnType<typeof openDatabase>>;

/** Works on a record. Turns errors of the record or its files into messages. */
async function onRecord<Result>(
  whose: WhoseRecord,
  locatePartner: LocatePartner,
  work: (source: DataSource) => Promise<Result>,
): Promise<Result> {
  const { url, file } = locate(whose, locatePartner);
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
  const open = openDatabase({
    url,
    entities: [...disclosureEntities, NetworkHead, HeadOpening],
    migrations: [],
  });
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
 * to its last, and changes nothing. `close` moves the links before a date into an archive. `heads`
 * compares the record with the heads that were handed in, and `hand-in` hands in one now.
 * @returns the number of links and the last hash, which can be written down and compared later
 * @throws `UsageError`, or {@link DisclosuresError} with the first broken link
 */
export async function runRecordCommand(
  argv: readonly string[],
  locatePartner: LocatePartner,
): Promise<string> {
  const options = readDisclosureOptions(argv);
  if (options.command === 'close') {
    const { until, to } = options;
    const { links, hash } = await onRecord(options, locatePartner, (source) =>
      closePeriod(source, until, to),
    );
    return `closed: ${to} ends with link ${links}, which has the hash ${hash}`;
  }
  if (options.command === 'heads' || options.command === 'hand-in')
    return runHeads(options, locatePartner);
  const { noted, archives } = options;
  if (options.partner === undefined && options.database === undefined) {
    const { links, hash } = await explain(walkArchives(archives, noted));
    return `whole: ${links} links, the last has the hash ${hash}`;
  }
  return onRecord(options, locatePartner, (source) => verify(source, noted, archives));
}

function runHeads(options: HeadOptions, locatePartner: LocatePartner): Promise<string> {
  const { partner } = options;
  const { ownSide } = locatePartner(partner);
  return onRecord(options, locatePartner, (source) => {
    if (options.command === 'heads') return showHeads(source, options);
    if (!ownSide) throw new DisclosuresError('There are no keys to sign with.');
    return handInHead(source, partner, openOwnSide(ownSide));
  });
}
