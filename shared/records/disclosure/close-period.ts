import { In, LessThanOrEqual, type DataSource, type EntityManager } from 'typeorm';
import { erase } from '../../database/transaction.js';
import { lockRecord } from '../chain/append-rows.js';
import { BrokenChain, ChainWalk, genesis, type Head } from '../chain/chain.js';
import { fromStoredHash, textsOf, toStoredHash, walkReadings } from '../chain/stored-form.js';
import { PersonDay, StoredAnchor, StoredReading, StoredText } from '../chain/stored.entity.js';
import { readTagsAround } from '../people/tag-people.js';
import { ArchiveError, walkArchive, writeArchive, type ChainedLinks } from './archive-file.js';
import { hasClosed, readAnchors } from './verify.js';

/**
 * Closes a period: writes the links before a time into an archive, verifies the archive, and then
 * removes them from the database. The rest of the record continues from the archive’s last hash.
 * @returns the end of the archive
 * @throws BrokenChain, or ArchiveError if there is nothing to close or the file cannot be written
 */
export async function closePeriod(source: DataSource, until: Date, path: string): Promise<Head> {
  const anchors = await readAnchors(source.manager);
  try {
    return await closeAfter(source, anchors.at(-1) ?? genesis, until, path);
  } catch (error) {
    if (!(error instanceof BrokenChain) || !(await hasClosed(source.manager, anchors))) throw error;
    throw new ArchiveError(closedByAnother);
  }
}

const closedByAnother = 'Another process has just closed a period.';

async function closeAfter(
  source: DataSource,
  start: Head,
  until: Date,
  path: string,
): Promise<Head> {
  if ((await readBefore(source.manager, start, until).next()).done) {
    throw new ArchiveError(`The record has no link before ${until.toISOString()}.`);
  }
  const end = await writeArchive(path, start, readBefore(source.manager, start, until));
  const read = await walkArchive(path, start);
  if (read.hash !== end.hash) throw new ArchiveError(`${path} differs from what was written.`);
  await erase(source, (manager) => takeOut(manager, start, end));
  return end;
}

/** The reads before a time, up to the first later one, verified. */
async function* readBefore(
  manager: EntityManager,
  start: Head,
  until: Date,
): AsyncGenerator<ChainedLinks> {
  const walk = new ChainWalk(start);
  for await (const { stored, links } of walkReadings(manager, start.links)) {
    if (stored.at >= until.getTime()) return;
    const hash = fromStoredHash(stored.hash);
    walk.follow(links, hash);
    yield { links, hash };
  }
}

async function takeOut(manager: EntityManager, start: Head, end: Head): Promise<void> {
  await lockRecord(manager);
  const last = (await readAnchors(manager)).at(-1) ?? genesis;
  if (last.links !== start.links) throw new ArchiveError(closedByAnother);
  await manager.insert(StoredAnchor, { sequence: end.links, hash: toStoredHash(end.hash) });
  await manager.delete(StoredReading, { sequence: LessThanOrEqual(end.links) });
  await forgetUnused(manager);
}

/** The most rows that one statement removes. */
const rowsAtOnce = 1_000;

/** Removes texts that no read refers to any more, because they name people, and days of people. */
async function forgetUnused(manager: EntityManager): Promise<void> {
  const texts = new Set<number>();
  const tags = await readTagsAround(manager, new Date());
  for await (const { stored } of walkReadings(manager, 0)) {
    for (const id of textsOf([stored])) texts.add(id);
    for (const tag of stored.people?.split(/[.,!]/) ?? []) tags.add(tag);
  }
  const all = await manager.query<Pick<StoredText, 'id'>[]>('SELECT "id" FROM "disclosure_texts"');
  const unused = all.map(({ id }) => id).filter((id) => !texts.has(id));
  while (unused.length > 0) {
    await manager.delete(StoredText, { id: In(unused.splice(0, rowsAtOnce)) });
  }
  const days = await manager.query<PersonDay[]>('SELECT "tag" FROM "person_days"');
  const past = days.map(({ tag }) => tag).filter((tag) => !tags.has(tag));
  while (past.length > 0) {
    await manager.delete(PersonDay, { tag: In(past.splice(0, rowsAtOnce)) });
  }
}
