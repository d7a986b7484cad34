import { digestOf, replaceFile } from '@hub/shared/system';
import { lstatSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';

const sealedOf = (path: string): string => `${path}.sealed`;

/** True if anything is there, whatever it is. */
export const isThere = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** Undefined if there is no file, or it cannot be read: it may be a folder by now. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The digest and the text of a sealed file, and the text of the file beside it, as they are. */
function readBoth(path: string) {
  const sealed = readText(sealedOf(path)) ?? '';
  return {
    digest: /^([0-9a-f]{64})(?:\n|$)/.exec(sealed)?.[1],
    sealedText: /^[^\n]*\n(.*)$/s.exec(sealed)?.[1],
    text: readText(path),
  };
}

/** What was written last, if at least one of the two files proves it. */
function readProven(path: string): string | undefined {
  const { digest, sealedText, text } = readBoth(path);
  if (sealedText !== undefined && digestOf(sealedText) === digest) return sealedText;
  // The digest, or the text after it, may be what was spoilt.
  return text !== undefined && (text === sealedText || digestOf(text) === digest)
    ? text
    : undefined;
}

/**
 * Writes a text twice: for people, and sealed with its digest. So a file that was cut off, changed or lost on the disk is
 * noticed, and the other one is used.
 */
export async function writeSealed(path: string, text: string): Promise<void> {
  await replaceFile(sealedOf(path), `${digestOf(text)}\n${text}`);
  await replaceFile(path, text);
}

/**
 * The text that was written last. Without a digest, it is that of the file itself, whoever wrote it. Undefined if neither
 * can be read, or the digest is another’s.
 */
export function readSealed(path: string): string | undefined {
  const { digest, text } = readBoth(path);
  return readProven(path) ?? (digest === undefined ? text : undefined);
}

/** The text that was written last, or by hand while no command had written. Undefined if nothing proves it. */
export const readTrusted = (path: string): string | undefined =>
  readProven(path) ?? (isThere(sealedOf(path)) ? undefined : readText(path));

/** True if one of the two files is not what was written. */
export function isSpoilt(path: string): boolean {
  const text = readText(path);
  // Written by hand, or not at all.
  if (!isThere(sealedOf(path))) return text === undefined && isThere(path);
  const { digest, sealedText } = readBoth(path);
  return sealedText === undefined || digestOf(sealedText) !== digest || sealedText !== text;
}

/** True if one of the two files is there. */
export const isWritten = (path: string): boolean => isThere(path) || isThere(sealedOf(path));

export async function removeSealed(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(sealedOf(path), { force: true });
}

/** The end of the name of what was moved out of the way. */
const asideForm = /\.spoilt-\d+$/;

export const isAside = (name: string): boolean => asideForm.test(name);

const asideOf = (path: string): string => `${path}.spoilt-${Date.now()}`;

/** Moves whatever is there out of the way, and keeps it for people to look at. If nothing is there, a note says so. */
export async function setAside(path: string): Promise<void> {
  if (isThere(path)) await rename(path, asideOf(path));
  else await replaceFile(asideOf(path), 'It was missing.\n');
}

/** {@link setAside}, for a file and its sealed copy. */
export async function setSealedAside(path: string): Promise<void> {
  await setAside(path);
  if (isThere(sealedOf(path))) await setAside(sealedOf(path));
}
