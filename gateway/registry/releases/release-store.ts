import { digestOf, makeFolder } from '@hub/shared/system';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Release, ReleaseContent } from './release.js';
import { noHash, parseRelease, printRelease } from './release.js';

/** A release on disk: the release, or why its file cannot be used. */
type StoredRelease = { readonly number: number } & (
  | { readonly release: Release; readonly error?: undefined }
  | { readonly release?: undefined; readonly error: string }
);

/** The newest release that can be used, and the errors of newer ones. */
interface NewestRelease {
  readonly release: Release | undefined;
  readonly errors: readonly { readonly number: number; readonly error: string }[];
}

/** The releases of a hub, one file each. */
export interface ReleaseStore {
  /** The numbers of all files, the newest first. A file need not be whole. */
  listNumbers(): readonly number[];
  read(number: number): StoredRelease;
  findNewest(): NewestRelease;
  /** Writes the next release: a whole file that stays, or none. Removes old ones. */
  write(content: ReleaseContent): Promise<Release>;
  /**
   * Writes the release with the next number after this one, unless somebody else has written a
   * release since: what was decided may no longer hold.
   */
  writeAfter(before: number, content: ReleaseContent): Promise<Release | undefined>;
}

const mostReleases = 50;
const fileForm = /^(\d{6,})\.json$/;
const fileOf = (number: number): string => `${String(number).padStart(6, '0')}.json`;

export function createReleaseStore(
  folder: string,
  { keep = mostReleases, clock = () => new Date() } = {},
): ReleaseStore {
  const pathOf = (number: number) => join(folder, fileOf(number));

  /** A file that cannot be read is as good as none: it may be a folder by now. */
  const readText = (number: number): string | undefined => {
    try {
      return readFileSync(pathOf(number), 'utf8');
    } catch {
      return undefined;
    }
  };

  function listNumbers(): readonly number[] {
    let names: string[];
    try {
      names = readdirSync(folder);
    } catch {
      return [];
    }
    const numbers = names.flatMap((name) => fileForm.exec(name)?.[1] ?? []).map(Number);
    return numbers.toSorted((a, b) => b - a);
  }

  /** A whole file before this one must be the one that this release was made after. */
  function checkChain({ number, previous }: Release): void {
    const before = readText(number - 1);
    if (before === undefined || digestOf(before) === previous) return;
    try {
      parseRelease(before);
    } catch {
      // That file is spoilt, which says nothing about this one.
      return;
    }
    throw new Error(`it does not continue release ${number - 1}`);
  }

  function read(number: number): StoredRelease {
    try {
      const text = readText(number);
      if (text === undefined) return { number, error: 'it cannot be read' };
      const release = parseRelease(text);
      if (release.number !== number) throw new Error(`it is a copy of release ${release.number}`);
      checkChain(release);
      return { number, release };
    } catch (error) {
      return { number, error: (error as Error).message };
    }
  }

  function findNewest(): NewestRelease {
    const errors: { number: number; error: string }[] = [];
    for (const number of listNumbers()) {
      const { release, error } = read(number);
      if (release) return { release, errors };
      errors.push({ number, error });
    }
    return { release: undefined, errors };
  }

  async function writeAfter(before: number, content: ReleaseContent): Promise<Release | undefined> {
    makeFolder(folder);
    if (before < (listNumbers()[0] ?? 0)) return undefined;
    const number = before + 1;
    const text = readText(before);
    const previous = text === undefined ? noHash : digestOf(text);
    const release: Release = { ...content, number, previous, at: clock().toISOString() };
    if (!(await place(folder, pathOf(number), printRelease(release)))) return undefined;
    await prune(number);
    return release;
  }

  async function write(content: ReleaseContent): Promise<Release> {
    for (;;) {
      const release = await writeAfter(listNumbers()[0] ?? 0, content);
      if (release) return release;
    }
  }

  async function prune(newest: number): Promise<void> {
    const old = listNumbers().filter((number) => number <= newest - keep);
    await Promise.all(old.map((number) => rm(pathOf(number), { force: true })));
  }

  return { listNumbers, read, findNewest, write, writeAfter };
}

/** Puts a whole text at a path that is free. Returns false if somebody else was quicker. */
async function place(folder: string, path: string, text: string): Promise<boolean> {
  const draft = join(folder, `.${randomUUID()}.tmp`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path);
    await syncFolder(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** The name of a new file is on disk only after its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
