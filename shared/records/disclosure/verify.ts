import type { DataSource, EntityManager } from 'typeorm';
import {
  BrokenChain,
  ChainWalk,
  genesis,
  isReading,
  type Head,
  type Verification,
} from '../chain/chain.js';
import { fromStoredHash, walkReadings } from '../chain/stored-form.js';
import { StoredAnchor } from '../chain/stored.entity.js';
import { findChangedNames, isTagged } from '../people/name-readers.js';
import { walkArchive } from './archive-file.js';

export interface VerifyOptions {
  /** An end that was noted earlier: the number of links, and the hash of the last. */
  readonly noted?: Head;
  /**
   * The files of its archives, in order from the first link. @default archived links are not read
   */
  readonly archives?: readonly string[];
}

/**
 * Verifies a record from its first link to its last: through its archives, if they are given, and
 * through the database. A name of a reader that is stored must be the one of its tag.
 * @throws ArchiveError for an archive that cannot be read
 */
export async function verifyDisclosures(
  { manager }: Pick<DataSource, 'manager'>,
  options: VerifyOptions = {},
): Promise<Verification> {
  for (;;) {
    const anchors = await readAnchors(manager);
    const result = await verifyAfter(manager, anchors, options);
    // What a period took out while it was read is no break.
    if (result.isWhole || !(await hasClosed(manager, anchors))) return result;
  }
}

/** Whether a period was closed since the anchors were read. */
export const hasClosed = async (
  manager: EntityManager,
  anchors: readonly Head[],
): Promise<boolean> => (await readAnchors(manager)).length > anchors.length;

const otherName = 'the name of its reader was changed';

async function verifyAfter(
  manager: EntityManager,
  anchors: readonly Head[],
  { noted, archives = [] }: VerifyOptions,
): Promise<Verification> {
  try {
    const anchor = anchors.at(-1) ?? genesis;
    if (archives.length > 0) checkAnchor(anchors, await walkArchives(archives, noted), anchor);
    else checkNoted(anchors, noted, anchor);
    const walk = new ChainWalk(anchor, noted);
    let changed: ReadonlySet<string> | undefined;
    for await (const { stored, links } of walkReadings(manager, anchor.links)) {
      walk.follow(links, fromStoredHash(stored.hash));
      for (const link of links) {
        if (!isReading(link) || !isTagged(link)) continue;
        changed ??= await findChangedNames(manager);
        if (changed.has(link.reader)) throw new BrokenChain(link.sequence, otherName);
      }
    }
    const { links, hash } = walk.end();
    return { isWhole: true, links, lastHash: hash, archived: anchor.links };
  } catch (error) {
    if (!(error instanceof BrokenChain)) throw error;
    return { isWhole: false, sequence: error.sequence, reason: error.reason };
  }
}

export async function readAnchors(manager: EntityManager): Promise<Head[]> {
  const anchors = await manager.find(StoredAnchor, { order: { sequence: 'ASC' } });
  return anchors.map(({ sequence, hash }) => ({ links: sequence, hash: fromStoredHash(hash) }));
}

/** Verifies archives from the first link. @throws BrokenChain */
export async function walkArchives(files: readonly string[], noted?: Head): Promise<Head> {
  let head = genesis;
  for (const file of files) head = await walkArchive(file, head, noted);
  return head;
}

function checkAnchor(anchors: readonly Head[], { links, hash }: Head, last: Head): void {
  const anchor = anchors.find((one) => one.links === links);
  if (!anchor) throw new BrokenChain(links, 'no archive of this record ends there');
  if (anchor.hash !== hash) throw new BrokenChain(links, 'its archive is not of this record');
  if (links !== last.links)
    throw new BrokenChain(links + 1, 'the archive that contains it was not given');
}

/** For an archived link, the hash is known only at the end of an archive. */
function checkNoted(anchors: readonly Head[], noted: Head | undefined, last: Head): void {
  if (!noted || noted.links >= last.links) return;
  const anchor = [genesis, ...anchors].find(({ links }) => links === noted.links);
  if (!anchor) throw new BrokenChain(noted.links, 'it is archived. Give the archives to verify it');
  if (anchor.hash !== noted.hash) {
    throw new BrokenChain(noted.links, 'its hash differs from the noted one');
  }
}
