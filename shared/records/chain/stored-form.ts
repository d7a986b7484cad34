import { hash } from 'node:crypto';
import { In, type EntityManager } from 'typeorm';
import {
  BrokenChain,
  genesis,
  type ChangeLink,
  type DisclosureLink,
  type Head,
  type Link,
} from './chain.js';
import { StoredReading, StoredText } from './stored.entity.js';

export const toStoredHash = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
export const fromStoredHash = (stored: string): string =>
  Buffer.from(stored, 'base64url').toString('hex');

/** The hash of a text, in the form of {@link toStoredHash}. */
export const toStoredDigest = (text: string): string => hash('sha256', text, 'base64url');

type Who = Pick<
  DisclosureLink,
  'readerOrganisation' | 'reader' | 'role' | 'purpose' | 'operationName' | 'clientName'
>;
type What = Pick<DisclosureLink, 'type' | 'fields'>;

/** A text without a name of a program is as it was before names were recorded. */
export const writeWho = (who: Who): string =>
  JSON.stringify([
    who.readerOrganisation,
    who.reader,
    who.role,
    who.purpose,
    who.operationName,
    ...(who.clientName === null ? [] : [who.clientName]),
  ]);

export const writeWhat = ({ type, fields }: What): string => JSON.stringify([type, fields]);

type About = Pick<DisclosureLink, 'people' | 'isRefused'>;

/** Empty for a link that is about nobody and was not refused. */
export const writeAbout = ({ people, isRefused }: About): string =>
  `${isRefused ? '!' : ''}${people ?? ''}`;

type Changer = Pick<ChangeLink, 'organisation' | 'person' | 'mutation'>;

export const writeChanger = ({ organisation, person, mutation }: Changer): string =>
  JSON.stringify([organisation, person, mutation]);

/** One link of a row. */
interface WrittenPart {
  readonly what: string;
  readonly records: number;
  /** As {@link writeAbout} writes it. @default it is about nobody, and was not refused */
  readonly about?: string;
}

/** A row to be written, with its texts instead of their numbers. */
export interface WrittenReading {
  readonly sequence: number;
  readonly at: number;
  readonly who: string;
  readonly parts: readonly WrittenPart[];
  readonly hash: string;
  readonly subject: string | null;
  readonly reason: string | null;
}

/** The texts of several rows, without duplicates. */
export const textsOfReadings = (readings: readonly WrittenReading[]): string[] => [
  ...new Set(readings.flatMap(({ who, parts }) => [who, ...parts.map(({ what }) => what)])),
];

/** The end of a record after these reads. */
export function headOf(readings: readonly WrittenReading[]): Head {
  const last = readings.at(-1);
  return last ? { links: last.sequence, hash: last.hash } : genesis;
}

export const toRow = (
  { sequence, at, who, parts, hash, subject, reason }: WrittenReading,
  idOf: (text: string) => number,
): StoredReading => ({
  sequence,
  at,
  reader: idOf(who),
  links: parts.map(({ what, records }) => `${idOf(what)}:${records}`).join(','),
  hash: toStoredHash(hash),
  subject,
  reason,
  people: parts.some(({ about }) => about) ? parts.map(({ about }) => about ?? '').join(',') : null,
});

function readWho(text: string): Who {
  const [readerOrganisation, reader, role, purpose, operationName, clientName = null] = JSON.parse(
    text,
  ) as [string, string, string, string | null, string | null, string?];
  return { readerOrganisation, reader, role, purpose, operationName, clientName };
}

function readChanger(text: string): Changer {
  const [organisation, person, mutation] = JSON.parse(text) as [string, string | null, string];
  return { organisation, person, mutation };
}

function readWhat(text: string): What {
  const [type, fields] = JSON.parse(text) as [string, string[]];
  return { type, fields };
}

function readAbout(text: string): About {
  const isRefused = text.startsWith('!');
  return { people: text.slice(isRefused ? 1 : 0) || null, isRefused };
}

/** Of a row with so many links. @throws where a text is not one that was written */
function readPeople({ people }: StoredReading, length: number): About[] {
  const texts = people === null ? Array.from({ length }, () => '') : people.split(',');
  if (texts.length !== length || (people !== null && !texts.some((text) => text)))
    throw new Error('The people of a reading are not as they were written.');
  return texts.map(readAbout);
}

interface Part {
  readonly what: number;
  readonly records: number;
}

const readParts = ({ links }: StoredReading): Part[] =>
  links.split(',').map((pair) => {
    const [what = NaN, records = NaN] = pair.split(':').map(Number);
    return { what, records };
  });

/** The numbers of the texts of several reads. */
export const textsOf = (readings: readonly StoredReading[]): number[] => [
  ...new Set(
    readings.flatMap((reading) => [reading.reader, ...readParts(reading).map(({ what }) => what)]),
  ),
];

/** A stored row, and its links. */
export interface ReadReading {
  readonly stored: StoredReading;
  readonly links: readonly Link[];
}

/** Leaves out what was archived since the rows were read. Its texts went with it. */
async function leaveOutArchived(
  manager: EntityManager,
  readings: readonly StoredReading[],
  texts: ReadonlyMap<number, string>,
): Promise<readonly StoredReading[]> {
  const lacking = readings.filter((one) => textsOf([one]).some((id) => !texts.has(id)));
  if (lacking.length === 0) return readings;
  const sequences = lacking.map(({ sequence }) => sequence);
  const there = await manager.findBy(StoredReading, { sequence: In(sequences) });
  const gone = new Set(sequences);
  for (const { sequence } of there) gone.delete(sequence);
  return readings.filter(({ sequence }) => !gone.has(sequence));
}

/**
 * The links of stored reads, without those that another process has archived meanwhile.
 * @throws BrokenChain if a read cannot be decoded because somebody changed it or one of its texts
 */
export async function readLinksOf(
  manager: EntityManager,
  readings: readonly StoredReading[],
): Promise<ReadReading[]> {
  const found = await manager.findBy(StoredText, { id: In(textsOf(readings)) });
  const texts = new Map(found.map(({ id, text }) => [id, text]));
  return (await leaveOutArchived(manager, readings, texts)).map((stored) => {
    const first = stored.sequence - readParts(stored).length + 1;
    try {
      return { stored, links: linksOf(stored, (id) => texts.get(id) ?? '') };
    } catch {
      throw new BrokenChain(first, 'its content was changed');
    }
  });
}

/** @throws where a text is not one that was written */
function linksOf(stored: StoredReading, textOf: (id: number) => string): Link[] {
  const { sequence, subject, reason } = stored;
  const parts = readParts(stored);
  const about = readPeople(stored, parts.length);
  const at = new Date(stored.at).toISOString();
  if (subject !== null) {
    if (stored.people !== null) throw new Error('A change has people.');
    const fields = JSON.parse(textOf(parts[0]?.what ?? NaN)) as string[];
    return [{ sequence, at, ...readChanger(textOf(stored.reader)), subject, fields, reason }];
  }
  const who = readWho(textOf(stored.reader));
  return parts.map(({ what, records }, index) => ({
    sequence: sequence - parts.length + 1 + index,
    at,
    ...who,
    ...readWhat(textOf(what)),
    records,
    ...(about[index] ?? readAbout('')),
  }));
}

const batchSize = 1_000;

/**
 * A row as the driver returns it. A database of an earlier version lacks the later columns; its
 * back-ups are verified too.
 */
type RawRow = Omit<StoredReading, 'at' | 'subject' | 'reason' | 'people'> &
  Partial<Pick<StoredReading, 'subject' | 'reason' | 'people'>> & { readonly at: number | string };

const toStored = ({
  at,
  subject = null,
  reason = null,
  people = null,
  ...row
}: RawRow): StoredReading => ({ ...row, at: Number(at), subject, reason, people });

/** All rows after a link, reads and changes, in order. */
export async function* walkReadings(
  manager: EntityManager,
  after: number,
): AsyncGenerator<ReadReading> {
  let sequence = after;
  for (;;) {
    const batch = await manager.query<RawRow[]>(
      `SELECT * FROM "disclosure_readings" WHERE "sequence" > ${sequence} ORDER BY "sequence" LIMIT ${batchSize}`,
    );
    yield* await readLinksOf(manager, batch.map(toStored));
    const last = batch.at(-1);
    if (!last || batch.length < batchSize) return;
    ({ sequence } = last);
  }
}
