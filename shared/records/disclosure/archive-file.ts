import { open, unlink } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { hashForm } from '../../system/digest.js';
import { BrokenChain, ChainWalk, type Head, type Link } from '../chain/chain.js';

/** An archive that cannot be written or read. The message is for the user of the command. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

const format = 'cooperation-hub disclosures 5';
/** The first form had readings alone; the second, no names of clients; the third, no people; the fourth, names of readers. */
const formats = [
  'cooperation-hub disclosures 1',
  'cooperation-hub disclosures 2',
  'cooperation-hub disclosures 3',
  'cooperation-hub disclosures 4',
  format,
] as const;
const count = z.int().nonnegative();
const hash = z.string().regex(hashForm);

/** The first line: the link that the archive continues from. */
const firstLine = z.object({ format: z.enum(formats), after: count, hash });
/** Null for a link that was written together with the next one. */
const ownHash = { hash: hash.nullable() };
/** Each further line: a link and its hash. */
const linkLine = z.union([
  z.object({
    sequence: count,
    at: z.string(),
    readerOrganisation: z.string(),
    reader: z.string(),
    role: z.string(),
    purpose: z.string().nullable(),
    operationName: z.string().nullable(),
    clientName: z.string().nullable().default(null),
    type: z.string(),
    fields: z.array(z.string()),
    records: count,
    people: z.string().nullable().default(null),
    isRefused: z.boolean().default(false),
    ...ownHash,
  }),
  z.object({
    sequence: count,
    at: z.string(),
    organisation: z.string(),
    person: z.string().nullable(),
    mutation: z.string(),
    subject: z.string(),
    fields: z.array(z.string()),
    reason: z.string().nullable(),
    ...ownHash,
  }),
]);
/** The last line: how many links the record had then, and the hash of the last. */
const lastLine = z.object({ links: count, hash });

/** Links that were written together, and the hash of the last. */
export interface ChainedLinks {
  readonly links: readonly Link[];
  readonly hash: string;
}

/**
 * Writes an archive with a line of JSON for each link. It is on disk when this returns. If writing
 * fails, no file is left.
 * @throws ArchiveError if the file exists or cannot be written
 */
export async function writeArchive(
  path: string,
  after: Head,
  readings: AsyncIterable<ChainedLinks>,
): Promise<Head> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new ArchiveError(
      error.code === 'EEXIST'
        ? `${path} exists. An archive is never overwritten.`
        : `${path} cannot be written: ${error.code}.`,
    );
  });
  let head = after;
  async function* lines(): AsyncGenerator<string> {
    yield toLine({ format, after: after.links, hash: after.hash });
    for await (const { links, hash: last } of readings) {
      for (const [index, link] of links.entries()) {
        yield toLine({ ...link, hash: index === links.length - 1 ? last : null });
        head = { links: link.sequence, hash: last };
      }
    }
    yield toLine(head);
  }
  try {
    await pipeline(lines, file.createWriteStream({ flush: true }));
    return head;
  } catch (error) {
    await unlink(path);
    throw error;
  }
}

const toLine = (value: object): string => `${JSON.stringify(value)}\n`;

/**
 * Verifies the chain of an archive, and returns its end.
 * @param from the end of the record before it. @default what the archive itself says
 * @throws BrokenChain, or ArchiveError for a file that is not an archive
 */
export async function walkArchive(path: string, from?: Head, noted?: Head): Promise<Head> {
  let walk: ChainWalk | undefined;
  let end: Head | undefined;
  let together: Link[] = [];
  try {
    await using file = await open(path);
    for await (const line of file.readLines()) {
      const value: unknown = JSON.parse(line);
      if (end) throw new ArchiveError(`${path} continues after its last line.`);
      if (!walk) {
        const { after, hash: before } = firstLine.parse(value);
        checkStart({ links: after, hash: before }, from);
        walk = new ChainWalk({ links: after, hash: before }, noted);
        continue;
      }
      const link = linkLine.safeParse(value);
      if (!link.success) {
        end = lastLine.parse(value);
        continue;
      }
      const { hash: own, ...said } = link.data;
      together.push(said);
      if (own === null) continue;
      walk.follow(together, own);
      together = [];
    }
  } catch (error) {
    if (error instanceof BrokenChain || error instanceof ArchiveError) throw error;
    throw new ArchiveError(`${path} is not an archive of disclosures, or cannot be read.`);
  }
  const head = walk?.head;
  if (!head || !end || together.length > 0 || end.links !== head.links || end.hash !== head.hash) {
    throw new ArchiveError(`${path} is cut off: its last line is missing or invalid.`);
  }
  return head;
}

function checkStart(said: Head, from: Head | undefined): void {
  if (!from || (said.links === from.links && said.hash === from.hash)) return;
  throw new BrokenChain(said.links + 1, 'its archive does not continue the one before it');
}
