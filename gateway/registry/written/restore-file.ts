import { isWritten, readTrusted, setSealedAside, writeSealed } from './sealed-file.js';

/** One of several texts that may be what was written last. */
export interface Candidate {
  readonly text: string | undefined;
  readonly from: string;
}

/**
 * Writes the first candidate that has a text, and keeps what was there beside it.
 * @returns where the text is from. Undefined if no candidate has a text
 */
export async function restoreFile(
  path: string,
  candidates: readonly Candidate[],
): Promise<string | undefined> {
  const found = candidates.find(({ text }) => text !== undefined);
  await setSealedAside(path);
  if (found?.text !== undefined) await writeSealed(path, found.text);
  return found?.from;
}

export const onlyIf = (
  text: string | undefined,
  isUsable: (text: string) => boolean,
): string | undefined => (text !== undefined && isUsable(text) ? text : undefined);

export const isAbsentOr = (path: string, isUsable: (text: string) => boolean): boolean =>
  !isWritten(path) || onlyIf(readTrusted(path), isUsable) !== undefined;
