import { LRUCache } from 'lru-cache';
import type { DataSource, EntityManager } from 'typeorm';
import { isDatabaseFailure } from '../../database/database-failure.js';
import { inTransaction, writeAtOnce } from '../../database/transaction.js';
import { longestOperationName } from '../../graphql/limits/check-text-lengths.js';
import { roleOf, type Reader } from '../../identity/reader.js';
import { purposeOfTasks } from '../../identity/request-headers.js';
import { appendRows, type KnownEnd } from '../chain/append-rows.js';
import { hashLink, type DisclosureLink, type Head } from '../chain/chain.js';
import {
  headOf,
  textsOfReadings,
  toRow,
  toStoredDigest,
  toStoredHash,
  writeAbout,
  writeWhat,
  writeWho,
  type WrittenReading,
} from '../chain/stored-form.js';
import {
  findKnownReaders,
  nameReaders,
  placeOfReader,
  readerIn,
  rememberReaders,
  type NamedReaders,
  type ReaderTags,
} from '../people/name-readers.js';
import {
  countErasedStatement,
  dayOf,
  findKnownTags,
  rememberTags,
  tagPeople,
  type FoundTags,
  type PeopleByDay,
} from '../people/tag-people.js';
import type { DisclosureNote } from './disclosure-note.js';
import { findFirstReadings } from './first-readers.js';
import { leaveOutRepeated } from './repeated-refusals.js';

interface Known {
  head: Head;
  readonly ids: LRUCache<string, { readonly id: number; readonly digest: string }>;
}

/** Most callers repeat the same few texts. Each name of an operation adds one. */
const mostTexts = 1_000;

/**
 * For SQLite only. On PostgreSQL, two processes could both find the end that they know, and both
 * append.
 */
const known = new WeakMap<DataSource, Known>();

function rememberEnd(source: DataSource, { head, ids }: KnownEnd): void {
  if (source.options.type !== 'sqlite') return;
  const end: Known = known.get(source) ?? { head, ids: new LRUCache({ max: mostTexts }) };
  for (const [text, id] of ids) end.ids.set(text, { id, digest: toStoredDigest(text) });
  end.head = head;
  known.set(source, end);
}

/**
 * Appends reads by one statement. It appends nothing unless the record still has the known end, the
 * texts still have the known numbers, and the people their keys, because another process may have
 * written, closed a period or erased somebody meanwhile.
 * @returns whether the reads are committed; if not, nothing was written
 */
async function appendToKnownEnd(source: DataSource, all: readonly Reading[]): Promise<boolean> {
  const end = known.get(source);
  const people = peopleOf(all);
  const tagged = people.size === 0 ? nobody : findKnownTags(source, people);
  const readers = findKnownReaders(source, readersOf(all));
  if (!end || !tagged || !readers) return false;
  const readings = continueChain(end.head, all, { tags: tagged.tags, readers });
  const texts = textsOfReadings(readings).map((text) => end.ids.get(text));
  if (!texts.every((text) => text !== undefined)) return false;
  const rows = readings.map((reading) => {
    const row = toRow(reading, (text) => end.ids.get(text)?.id ?? NaN);
    return { values: [row.sequence, row.at, row.reader, row.links, row.hash], people: row.people };
  });
  const written = await writeAtOnce<unknown>(source, appendStatement, [
    JSON.stringify(rows.map((row) => row.people)),
    JSON.stringify(rows.map(({ values }) => values)),
    `${end.head.links} ${toStoredHash(end.head.hash)}`,
    JSON.stringify(texts.map(({ id, digest }) => [id, digest])),
    tagged.erased,
  ]);
  if (written.length !== rows.length) return false;
  end.head = headOf(readings);
  return true;
}

/**
 * One statement for any number of reads, so that it stays prepared. SQLite parses the row again for each
 * of its values, and a parameter only once, so the long texts of people are one of their own.
 */
const appendStatement = `INSERT INTO "disclosure_readings" ("sequence", "at", "reader", "links", "hash", "people")
SELECT value->>0, value->>1, value->>2, value->>3, value->>4, ?->>"key" FROM json_each(?)
WHERE ? = (SELECT "sequence" || ' ' || "hash" FROM "disclosure_readings" ORDER BY "sequence" DESC LIMIT 1)
AND NOT EXISTS (
  SELECT 1 FROM json_each(?) AS "own" WHERE NOT EXISTS (
    SELECT 1 FROM "disclosure_texts" WHERE "id" = "own".value->>0 AND "digest" = "own".value->>1
  )
)
AND coalesce(? = (${countErasedStatement}), TRUE)
RETURNING "sequence"`;

export interface RecordDisclosuresOptions {
  readonly source: DataSource;
  readonly reader: Reader;
  readonly operationName: string | null;
  /** What the client calls its program. @default it has no name */
  readonly clientName?: string | undefined;
  readonly readings: DisclosureNote['readings'];
  readonly at: Date;
}

type Reading = Omit<RecordDisclosuresOptions, 'source'>;

/** A read that waits to be written, and its callback. */
interface WaitingRead {
  readonly reading: Reading;
  resolve(isFirst: boolean): void;
  reject(error: unknown): void;
}

/** The reads that wait for each database. An entry exists while something is being written. */
const queues = new WeakMap<DataSource, WaitingRead[]>();

/** The most reads that one transaction writes. */
const mostTogether = 100;

/**
 * Appends reads to the record in one transaction. A response is sent only after the commit. Reads
 * that arrive during a write wait and are then written together, so that the disk is waited for
 * once.
 * @returns whether the record had no reading of this person yet. Never for a server or an anonymous caller
 * @throws if the record cannot be written; then nothing may be sent.
 */
export async function recordDisclosures({
  source,
  ...reading
}: RecordDisclosuresOptions): Promise<boolean> {
  if (!reading.readings.some(({ isRefused }) => isRefused)) return queue(source, reading);
  const { rest, before, remember } = leaveOutRepeated(source, reading);
  const written = queue(source, { ...reading, readings: rest });
  remember(written);
  const [isFirst] = await Promise.all([written, ...before]);
  return isFirst;
}

function queue(source: DataSource, reading: Reading): Promise<boolean> {
  if (reading.readings.length === 0) return Promise.resolve(false);
  return new Promise<boolean>((resolve, reject) => {
    const waiting = { reading, resolve, reject };
    const waitingReads = queues.get(source);
    if (waitingReads) waitingReads.push(waiting);
    else void writeAll(source, [waiting]);
  });
}

async function writeAll(source: DataSource, queue: WaitingRead[]): Promise<void> {
  queues.set(source, queue);
  while (queue.length > 0) await writeTogether(source, queue.splice(0, mostTogether));
  queues.delete(source);
}

/**
 * A read that cannot be written does not affect the others. If the database cannot write, all fail
 * at once.
 */
async function writeTogether(source: DataSource, some: readonly WaitingRead[]): Promise<void> {
  const readings = some.map(({ reading }) => reading);
  try {
    const firsts = await write(source, readings);
    for (const { reading, resolve } of some) resolve(firsts.has(reading));
  } catch (error) {
    if (some.length === 1 || isDatabaseFailure(error)) some.forEach(({ reject }) => reject(error));
    else for (const one of some) await writeTogether(source, [one]);
  }
}

const none: ReadonlySet<Reading> = new Set();

/**
 * By one statement if the record ends as this process left it, and otherwise in a transaction that
 * reads it first.
 * @returns the readings of people of whom the record had none. Of them it has no text, either
 */
async function write(
  source: DataSource,
  readings: readonly Reading[],
): Promise<ReadonlySet<Reading>> {
  if (await appendToKnownEnd(source, readings)) return none;
  const people = peopleOf(readings);
  const { end, tagged, named, firsts } = await inTransaction(source, async (manager) => {
    const own = people.size === 0 ? nobody : await tagPeople(source, manager, people);
    const named = await nameReaders(manager, readersOf(readings));
    return { tagged: own, named, ...(await append(manager, readings, own, named)) };
  });
  rememberEnd(source, end);
  rememberReaders(source, named.tags);
  if (tagged.erased !== null) rememberTags(source, people, tagged);
  return firsts;
}

/** The tags of a reading about nobody, which erasures do not concern. */
const nobody = { erased: null, tags: new Map<string, Map<string, string>>() };

/** The people whom some reads are about, on the days of the reads. */
function peopleOf(readings: readonly Reading[]): PeopleByDay {
  const days = new Map<string, Set<string>>();
  for (const { readings: own, at } of readings) {
    const day = dayOf(at);
    for (const { people = [] } of own) {
      if (people.length === 0) continue;
      const known = days.get(day) ?? new Set<string>();
      days.set(day, known);
      for (const person of people) known.add(person);
    }
  }
  return days;
}

/** The names of who read, each once a month. */
const readersOf = (readings: readonly Reading[]) =>
  readings.flatMap(({ reader, at }) => readerIn(reader, at) ?? []);

async function append(
  manager: EntityManager,
  readings: readonly Reading[],
  { tags }: Pick<FoundTags, 'tags'>,
  { tags: readers, added }: NamedReaders,
) {
  let links = 0;
  const end = await appendRows(manager, (head) => {
    ({ links } = head);
    return continueChain(head, readings, { tags, readers });
  });
  return { end, firsts: await findFirstReadings(manager, readings, { added, links }) };
}

/** The tags of the people whom readings are about, and of who read. */
interface Tagged extends Pick<FoundTags, 'tags'> {
  readonly readers: ReaderTags;
}

/** The links of these reads, one for each note, after the last link. */
function continueChain(
  { links: sequence, hash }: Head,
  all: readonly Reading[],
  { tags, readers }: Tagged,
): WrittenReading[] {
  return all.flatMap(({ reader, operationName, clientName = null, readings, at }) => {
    const named = readerIn(reader, at);
    const tag = named && readers.get(placeOfReader(named));
    return [...new Set(readings.map(({ purpose }) => purpose))].map((purpose) => {
      const who = {
        ...describe(reader, purpose, tag),
        operationName: operationName?.slice(0, longestOperationName) ?? null,
        clientName,
      };
      const some = readings.filter((reading) => reading.purpose === purpose);
      const ofDay = tags.get(dayOf(at));
      const parts = some.map(({ type, fields, records, people = [], isRefused = false }) => {
        sequence += 1;
        const own: string[] = [];
        for (const person of people) {
          const tagged = ofDay?.get(person);
          if (tagged !== undefined) own.push(tagged);
        }
        const link: DisclosureLink = {
          sequence,
          at: at.toISOString(),
          ...who,
          type,
          fields: [...fields],
          records,
          people: own.length > 0 ? own.toSorted().join('.') : null,
          isRefused,
        };
        hash = hashLink(hash, link);
        return { what: writeWhat(link), records, about: writeAbout(link) };
      });
      return {
        sequence,
        at: at.getTime(),
        who: writeWho(who),
        parts,
        hash,
        subject: null,
        reason: null,
      };
    });
  });
}

/** Why the caller reads, as it says, then the task that needed the reading. */
function describe(
  reader: Reader,
  task: string | undefined,
  tag: string | undefined,
): Pick<DisclosureLink, 'readerOrganisation' | 'reader' | 'role' | 'purpose'> {
  if (reader.kind === 'anonymous') {
    return { readerOrganisation: '', reader: 'anonymous', role: 'anonymous', purpose: null };
  }
  const { organisation, subject, purpose } = reader;
  const stated = purpose ?? (task && purposeOfTasks);
  const both = [stated, task].filter((one) => one !== undefined).join('; ');
  return {
    readerOrganisation: organisation,
    reader: tag ?? subject,
    role: roleOf(reader),
    purpose: both || null,
  };
}
