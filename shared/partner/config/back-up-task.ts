import { resolve } from 'node:path';

/** What a partner’s process must do with a back-up: write it, check it, or restore it. */
export interface BackUpTask {
  readonly kind: 'back-up' | 'verify' | 'restore';
  /** The full path of the back-up. */
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
 * Parses `backup --to FILE`, `backup --verify FILE` and `restore --from FILE`. Undefined if the
 * command line has none of these.
 * @param folder the start of relative paths
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
