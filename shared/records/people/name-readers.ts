import { LRUCache } from 'lru-cache';
import { createHash, randomBytes } from 'node:crypto';
import { type DataSource, type EntityManager, In } from 'typeorm';
import { isService, type Reader } from '../../identity/reader.js';
import type { Role } from '../../identity/token.js';
import { lockRecord } from '../chain/append-rows.js';
import type { DisclosureLink } from '../chain/chain.js';
import { ReaderName } from '../chain/stored.entity.js';

/** One reader in one month. */
type ReaderIn = Pick<ReaderName, 'organisation' | 'subject' | 'month'>;

/** In UTC: `2026-11`. */
const monthOf = (at: Date): string => at.toISOString().slice(0, 7);

/** Undefined for servers and anonymous callers, of whom the record has no name. */
export const readerIn = (reader: Reader, at: Date): ReaderIn | undefined =>
  reader.kind === 'anonymous' || isService(reader)
    ? undefined
    : { organisation: reader.organisation, subject: reader.subject, month: monthOf(at) };

export const placeOfReader = ({ organisation, subject, month }: ReaderIn): string =>
  JSON.stringify([organisation, subject, month]);

const tagBytes = 18;
const tagForm = /^~[\w-]{24}$/;
const keyBytes = 32;

/** What the record has in place of a name. Without the key nobody can tell whose it is. */
const tagOf = (key: string, place: string): string =>
  `~${createHash('sha256')
    .update(Buffer.from(key, 'base64url'))
    .update(place)
    .digest()
    .subarray(0, tagBytes)
    .toString('base64url')}`;

/** The tags of readers, by their place. */
export type ReaderTags = Pick<ReadonlyMap<string, string>, 'get'>;

const mostTags = 10_000;
const known = new WeakMap<DataSource, LRUCache<string, string>>();

/** The tags of readers whose names this process knows to be stored. Undefined if one is not known. */
export function findKnownReaders(
  source: DataSource,
  readers: readonly ReaderIn[],
): ReaderTags | undefined {
  const tags = known.get(source);
  if (tags && readers.every((reader) => tags.has(placeOfReader(reader)))) return tags;
  return readers.length === 0 ? new Map() : undefined;
}

/** Remembers tags, after the transaction that stored their names. */
export function rememberReaders(source: DataSource, tags: ReadonlyMap<string, string>): void {
  const own = known.get(source) ?? new LRUCache<string, string>({ max: mostTags });
  for (const [place, tag] of tags) own.set(place, tag);
  known.set(source, own);
}

/** The tags of readers, and the places of those that had none. */
export interface NamedReaders {
  readonly tags: ReadonlyMap<string, string>;
  readonly added: ReadonlySet<string>;
}

/** Finds or stores the names of readers, in the transaction that records what they read. */
export async function nameReaders(
  manager: EntityManager,
  readers: readonly ReaderIn[],
): Promise<NamedReaders> {
  const asked = new Map(readers.map((reader) => [placeOfReader(reader), reader]));
  if (asked.size === 0) return { tags: new Map(), added: new Set() };
  await lockRecord(manager);
  const found = await manager.findBy(ReaderName, [...asked.values()]);
  const tags = new Map(found.map((row) => [placeOfReader(row), row.tag]));
  const rows = [...asked]
    .filter(([place]) => !tags.has(place))
    .map(([place, reader]): ReaderName => {
      const key = randomBytes(keyBytes).toString('base64url');
      return { ...reader, key, tag: tagOf(key, place) };
    });
  if (rows.length > 0)
    await manager.createQueryBuilder().insert().into(ReaderName).values(rows).execute();
  for (const row of rows) tags.set(placeOfReader(row), row.tag);
  return { tags, added: new Set(rows.map(placeOfReader)) };
}

const serviceRole = 'service' satisfies Role;

type Named = Pick<DisclosureLink, 'reader' | 'readerOrganisation' | 'role'>;

/** Links of servers, anonymous callers and earlier versions say who read by themselves. */
export const isTagged = ({ reader, role }: Named): boolean =>
  role !== serviceRole && tagForm.test(reader);

/**
 * Finds who read, as far as the names are still stored.
 * @returns the name of a link’s reader. Null if it was erased
 */
export async function findReaders(
  manager: EntityManager,
  links: readonly Named[],
): Promise<(link: Named) => string | null> {
  const tags = [...new Set(links.filter(isTagged).map(({ reader }) => reader))];
  const rows = tags.length > 0 ? await manager.findBy(ReaderName, { tag: In(tags) }) : [];
  const names = new Map(rows.map((row) => [row.tag, row]));
  return (link) => {
    if (!isTagged(link)) return link.reader;
    const row = names.get(link.reader);
    return row?.organisation === link.readerOrganisation ? row.subject : null;
  };
}

/** The tags whose stored name is not the one that the record has. */
export async function findChangedNames(manager: EntityManager): Promise<ReadonlySet<string>> {
  const rows = await manager.find(ReaderName);
  return new Set(
    rows.filter((row) => tagOf(row.key, placeOfReader(row)) !== row.tag).map(({ tag }) => tag),
  );
}
