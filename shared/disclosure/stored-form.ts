import { createHash } from 'node:crypto';
import { In, type EntityManager } from 'typeorm';
import { BrokenChain, genesis, type DisclosureLink, type Head } from './chain.js';
import { StoredReading, StoredText } from './stored.entity.js';

export const toStoredHash = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
export const fromStoredHash = (stored: string): string =>
  Buffer.from(stored, 'base64url').toString('hex');

export const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url');

type Who = Pick<
  DisclosureLink,
  'readerOrganisation' | 'reader' | 'role' | 'purpose' | 'operationName'
>;
type What = Pick<DisclosureLink, 'type' | 'fields'>;

export const writeWho = (who: Who): string =>
  JSON.stringify([who.readerOrganisation, who.reader, who.role, who.purpose, who.operationName]);

export const writeWhat = ({ type, fields }: What): string => JSON.stringify([type, fields]);

/** A read to be written, with its texts instead of their numbers. */
export interface WrittenReading {
  readonly sequence: number;
  readonly at: number;
  readonly who: string;
  readonly parts: readonly { readonly what: string; readonly records: number }[];
  readonly hash: string;
}

/** The texts of several reads, without duplicates. */
export const textsOfReadings = (readings: readonly WrittenReading[]): string[] => [
  ...new Set(readings.flatMap(({ who, parts }) => [who, ...parts.map(({ what }) => what)])),
];

/** The end of a record after these reads. */
export function headOf(readings: readonly WrittenReading[]): Head {
  const last = readings.at(-1);
  return last ? { links: last.sequence, hash: last.hash } : genesis;
}

export const toRow = (
  { sequence, at, who, parts, hash }: WrittenReading,
  idOf: (text: string) => number,
): StoredReading => ({
  sequence,
  at,
  reader: idOf(who),
  links: parts.map(({ what, records }) => `${idOf(what)}:${records}`).join(','),
  hash: toStoredHash(hash),
});

function readWho(text: string): Who {
  const [readerOrganisation, reader, role, purpose, operationName] = JSON.parse(text) as [
    string,
    string,
    string,
    string | null,
    string | null,
  ];
  return { readerOrganisation, reader, role, purpose, operationName };
}

function readWhat(text: string): What {
  const [type, fields] = JSON.parse(text) as [string, string[]];
  return { type, fields };
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

/** A stored read, and its links. */
export interface ReadReading {
  readonly stored: StoredReading;
  readonly links: readonly DisclosureLink[];
}

/**
 * The links of stored reads.
 * @throws BrokenChain if a read cannot be decoded because somebody changed it or one of its texts
 */
export async function readLinksOf(
  manager: EntityManager,
  readings: readonly StoredReading[],
): Promise<ReadReading[]> {
  const found = await manager.findBy(StoredText, { id: In(textsOf(readings)) });
  const texts = new Map(found.map(({ id, text }) => [id, text]));
  const textOf = (id: number): string => texts.get(id) ?? '';
  return readings.map((stored) => {
    const parts = readParts(stored);
    const first = stored.sequence - parts.length + 1;
    try {
      const at = new Date(stored.at).toISOString();
      const who = readWho(textOf(stored.reader));
      const links = parts.map(({ what, records }, index) => ({
        sequence: first + index,
        at,
        ...who,
        ...readWhat(textOf(what)),
        records,
      }));
      return { stored, links };
    } catch {
      throw new BrokenChain(first, 'its content was changed');
    }
  });
}

const batchSize = 1_000;

/** All reads after a link, in order. */
export async function* walkReadings(
  manager: EntityManager,
  after: number,
): AsyncGenerator<ReadReading> {
  let sequence = after;
  for (;;) {
    const batch = await manager
      .createQueryBuilder(StoredReading, 'reading')
      .where('reading.sequence > :sequence', { sequence })
      .orderBy('reading.sequence')
      .limit(batchSize)
      .getMany();
    yield* await readLinksOf(manager, batch);
    const last = batch.at(-1);
    if (!last || batch.length < batchSize) return;
    ({ sequence } = last);
  }
}
