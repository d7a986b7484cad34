import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { hashForm } from '../system/digest.js';
import { describeFileError } from '../system/file-error.js';
import { replaceFile } from '../system/place-file.js';

const hash = z.string().regex(hashForm);

const identity = z.object({
  partner: z.string(),
  /** The id of the database’s mark. */
  database: z.string(),
  /** The last link of the disclosure record that is known: its number and its hash. */
  links: z.number().int(),
  lastHash: hash,
  /**
   * The number of SQLite logs that its mark counted. After an unclean shutdown the mark must have
   * the same number, or its log was lost.
   */
  logsBegun: z.number().int().optional(),
  /** When this was recorded. */
  at: z.string(),
  /**
   * The hash of a SQLite file that was closed cleanly. Undefined while it is open, or after an
   * unclean shutdown.
   */
  fileHash: hash.optional(),
  /** When the partner detected that another program had overwritten its open SQLite file. */
  overwrittenAt: z.string().optional(),
});

/** The record about a partner’s database outside of the database. */
export type KnownDatabase = Readonly<z.output<typeof identity>>;

/** The identity file cannot be read. */
class IdentityFileError extends Error {
  override readonly name = 'IdentityFileError';
}

/**
 * The record about a database; undefined if there is none.
 * @throws {@link IdentityFileError} if the file exists and was changed or damaged
 */
export async function readIdentityFile(path: string): Promise<KnownDatabase | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const reason = describeFileError(cause, path) ?? `${path} cannot be read.`;
    throw new IdentityFileError(reason, { cause });
  }
  try {
    return identity.parse(JSON.parse(text));
  } catch {
    throw new IdentityFileError(
      `${path} is damaged. If the database is the right one, remove the file and start again.`,
    );
  }
}

/** Writes the record atomically. */
export const writeIdentityFile = (path: string, known: KnownDatabase): Promise<void> =>
  replaceFile(path, `${JSON.stringify(known, null, 2)}\n`);

/** The SHA-256 of a file. */
export async function hashFile(path: string): Promise<string> {
  const sum = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), sum);
  return sum.digest('hex');
}
