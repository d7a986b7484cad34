import { z } from 'zod';
import { digestOf, hashForm } from '../../system/digest.js';
import { parseJson } from './signed-statement.js';

/** A SHA-256 hash in hexadecimal. */
export const hashSchema = z.string().regex(hashForm, 'must be a hash');

const lineSchema = z.strictObject({
  /** The first is 1, without gaps. */
  sequence: z.int().min(1),
  at: z.iso.datetime(),
  /** `RELEASED`, `HEAD` */
  event: z.string().regex(/^[A-Z][A-Z_]*$/),
  details: z.record(z.string(), z.unknown()),
  previous: hashSchema,
  hash: hashSchema,
});

/** One line of a file whose lines have a hash over the line before and their own content. */
export type ChainedLine = z.infer<typeof lineSchema>;

/** How far a file goes: how many lines, and the hash of the last. */
export interface ChainEnd {
  readonly sequence: number;
  readonly hash: string;
}

/** The end of an empty file, and the hash before the first part of any chain. */
export const noLines: ChainEnd = { sequence: 0, hash: '0'.repeat(64) };

/** A line that does not continue its file. */
export class BrokenLine extends Error {
  override readonly name = 'BrokenLine';

  constructor(
    readonly sequence: number,
    readonly reason: string,
  ) {
    super(`Line ${sequence}: ${reason}.`);
  }
}

/** The hash of a part of any chain: over the hash of the part before, and its own content. */
export const hashAfter = (previous: string, content: readonly unknown[]): string =>
  digestOf(JSON.stringify([previous, ...content]));

const hashLine = ({ previous, sequence, at, event, details }: Omit<ChainedLine, 'hash'>) =>
  hashAfter(previous, [sequence, at, event, details]);

/** The next line of a file. */
export function continueLines(
  end: ChainEnd,
  content: Pick<ChainedLine, 'at' | 'event' | 'details'>,
): ChainedLine {
  const line = {
    sequence: end.sequence + 1,
    at: content.at,
    event: content.event,
    // As it will be read.
    details: JSON.parse(JSON.stringify(content.details)) as Record<string, unknown>,
    previous: end.hash,
  };
  return { ...line, hash: hashLine(line) };
}

/** The lines of a file, without a last one that a crash cut off: nobody was told of it. */
export const splitLines = (text: string): string[] =>
  text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);

/**
 * Parses lines, and verifies that they continue a file.
 * @throws {@link BrokenLine}
 */
export function* followLines(
  lines: readonly string[],
  after: ChainEnd = noLines,
): Generator<ChainedLine> {
  let end = after;
  for (const text of lines) {
    const next = end.sequence + 1;
    const parsed = lineSchema.safeParse(parseJson(text));
    // Members in another order, or spaces, would be other bytes with the same hash.
    if (!parsed.success || JSON.stringify(parsed.data) !== text)
      throw new BrokenLine(next, 'it cannot be read');
    const line = parsed.data;
    if (line.sequence !== next) throw new BrokenLine(next, 'it is missing');
    if (line.previous !== end.hash)
      throw new BrokenLine(next, 'it does not continue the one before');
    if (hashLine(line) !== line.hash) throw new BrokenLine(next, 'its content was changed');
    yield line;
    end = line;
  }
}
