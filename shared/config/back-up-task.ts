import { resolve } from 'node:path';

/** What a partner’s process is to do with a back-up: write it, look whether it is whole, or load it. */
export interface BackUpTask {
  readonly kind: 'back-up' | 'verify' | 'restore';
  /** The back-up’s full path. */
  readonly file: string;
}

/** The flags of `backup` and `restore`. */
export const backUpFlags = {
  to: { type: 'string' },
  verify: { type: 'string' },
  from: { type: 'string' },
} as const;

const usage = 'backup --to FILE, backup --verify FILE or restore --from FILE';

type Values = Readonly<Partial<Record<keyof typeof backUpFlags, string>>>;

/**
 * Reads `backup --to FILE`, `backup --verify FILE` and `restore --from FILE`; undefined where a command line has none of it.
 * @param folder the one that relative paths begin in
 * @throws Error with what is allowed
 */
export function readBackUpTask(
  words: readonly string[],
  { to, verify, from }: Values,
  folder: string,
): BackUpTask | undefined {
  const given = [to, verify, from].filter((file) => file !== undefined);
  if (words.length === 0 && given.length === 0) return undefined;
  const [word] = words;
  const kind =
    word === 'restore'
      ? from && 'restore'
      : word === 'backup' && ((to && 'back-up') || (verify && 'verify'));
  const [file] = given;
  if (!kind || !file || given.length > 1 || words.length > 1) throw new Error(`Give ${usage}.`);
  return { kind, file: resolve(folder, file) };
}
