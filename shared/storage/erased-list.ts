import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { makeFolder } from '../system/disk.js';

const entry = z.object({
  /** The id of the person, which stays. Of contacts on the spot that of the row which has them. */
  person: z.string(),
  /** The type of the person: `Officer`, or `Hosting`, or `Reader` for the names of a month. */
  of: z.string(),
  /** Which kind of personal data; null for all. */
  kind: z.string().nullable(),
  at: z.string(),
});

/** That personal data was erased. */
export type ErasedEntry = Readonly<z.output<typeof entry>>;

/** The list of the erased. No back-up has it, so a restored copy can be compared with it. */
export interface ErasedList {
  /** Whether the database had a list that is not in its place. */
  readonly wasLost: boolean;
  /** Oldest first. */
  read(): ErasedEntry[];
  /** Adds to it. What was added is on disk when this returns. */
  append(entries: readonly ErasedEntry[]): void;
}

const lists = new WeakMap<DataSource, ErasedList>();

/** The list of a database; undefined if it has no identity file. */
export const erasedListOf = (source: DataSource): ErasedList | undefined => lists.get(source);

/** A crash may cut off a line: then its transaction was not committed, and nothing was erased. */
function parseLine(line: string): ErasedEntry[] {
  try {
    return [entry.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}

/** Where the list of a partner is: beside the identity file of its database. */
interface ErasedFile {
  readonly partner: string;
  readonly identityFile: string;
}

const pathOf = ({ partner, identityFile }: ErasedFile): string =>
  join(dirname(identityFile), `${partner}.erased.jsonl`);

/** What a list says; nothing without a file. */
export function readErased(file: ErasedFile): ErasedEntry[] {
  const path = pathOf(file);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').split('\n').flatMap(parseLine);
}

const mark = 'erased list';

/**
 * Opens the list of a database, beside its identity file.
 * @param findErased who was erased before there was a list
 */
export async function openErasedList(
  source: DataSource,
  file: ErasedFile,
  findErased: () => Promise<readonly ErasedEntry[]>,
): Promise<ErasedList> {
  const path = pathOf(file);
  const append = (entries: readonly ErasedEntry[]) => {
    const lines = entries.map((one) => `\n${JSON.stringify(one)}\n`).join('');
    appendFileSync(path, lines, { mode: 0o600, flush: true });
  };
  const hadList = await source.query<unknown[]>(`SELECT 1 FROM "loads" WHERE "name" = '${mark}'`);
  const isMissing = !existsSync(path);
  if (isMissing) {
    makeFolder(dirname(path));
    append(await findErased());
  }
  if (hadList.length === 0) await source.query(`INSERT INTO "loads" ("name") VALUES ('${mark}')`);
  const list = {
    wasLost: isMissing && hadList.length > 0,
    read: () => readErased(file),
    append,
  };
  lists.set(source, list);
  return list;
}

const ofReaders = { of: 'Reader', kind: 'READERS' } as const;

/** Notes that names of readers are erased. @param subjects by month: `dk:readers-2026-11` */
export function noteErasedReaders(
  source: DataSource,
  subjects: readonly string[],
  now: Date,
): void {
  const at = now.toISOString();
  erasedListOf(source)?.append(subjects.map((person) => ({ person, ...ofReaders, at })));
}

export const findErasedReaders = (entries: readonly ErasedEntry[]): string[] =>
  entries.filter(({ of }) => of === ofReaders.of).map(({ person }) => person);
