import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { hashForm } from '../disclosure/index.js';
import { describeFileFault, replaceFile } from '../files/index.js';

const hash = z.string().regex(hashForm);

const identity = z.object({
  partner: z.string(),
  /** The id of the database’s mark. */
  database: z.string(),
  /** The last link of the disclosure record that is known: its number and its hash. */
  links: z.number().int(),
  lastHash: hash,
  /** How many logs of SQLite’s its mark counted. One that was not closed in order counts as many, or its log was lost. */
  logsBegun: z.number().int().optional(),
  /** When this was noted. */
  at: z.string(),
  /** The hash of a SQLite file that was closed in order. Undefined while it is open, or was not closed. */
  fileHash: hash.optional(),
  /** When it was noticed that another program had overwritten a SQLite file that was open. */
  overwrittenAt: z.string().optional(),
});

/** What is known of a partner’s database outside of it. */
export type KnownDatabase = Readonly<z.output<typeof identity>>;

/** The file of what is known cannot be read. */
class IdentityFileError extends Error {
  override readonly name = 'IdentityFileError';
}

/**
 * What is known of a database; undefined where nothing is.
 * @throws {@link IdentityFileError} when the file is there and is not what was written
 */
export async function readIdentityFile(path: string): Promise<KnownDatabase | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const reason = describeFileFault(cause, path) ?? `${path} cannot be read.`;
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

/** Writes what is known: the file appears whole or stays as it was. */
export const writeIdentityFile = (path: string, known: KnownDatabase): Promise<void> =>
  replaceFile(path, `${JSON.stringify(known, null, 2)}\n`);

/** The SHA-256 of a file. */
export async function hashFile(path: string): Promise<string> {
  const sum = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), sum);
  return sum.digest('hex');
}
