import { hashForm } from '@hub/shared/disclosure';
import { replaceFile } from '@hub/shared/files';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const knownSchema = z.object({
  /** How many links the partner’s record had, and the hash of the last. */
  links: z.int().nonnegative(),
  hash: z.string().regex(hashForm),
  /** When the partner said so. */
  at: z.string(),
  /** Set when the record no longer continues from there: the links that the partner reports, and when it was noticed. */
  fault: z.object({ links: z.int().nonnegative(), at: z.string() }).optional(),
});
const fileSchema = z.record(z.string(), knownSchema);

/** What is known of the end of a partner’s record of disclosures. */
export type KnownHead = z.infer<typeof knownSchema>;

/** How the records of all partners ended when they were last asked, on the hub’s disk. */
export interface DisclosureHeads {
  /** @throws when the file is there and cannot be read */
  read(): Promise<Readonly<Record<string, KnownHead>>>;
  /** Replaces what is known of one partner: all of it, or nothing. */
  write(partner: string, known: KnownHead): Promise<void>;
}

export const disclosureHeadsFile = (dataDir: string): string =>
  join(dataDir, 'disclosure-heads.json');

/** Keeps the heads in the hub’s data folder. Workers may overwrite each other’s; the next round asks again. */
export function createDisclosureHeads(dataDir: string): DisclosureHeads {
  const path = disclosureHeadsFile(dataDir);
  const read = async () => {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '{}';
      throw error;
    });
    return fileSchema.parse(JSON.parse(text));
  };
  let writing: Promise<unknown> = Promise.resolve();
  const writeNow = async (partner: string, known: KnownHead) => {
    const text = JSON.stringify({ ...(await read()), [partner]: known }, null, 2);
    await replaceFile(path, `${text}\n`);
  };
  return {
    read,
    write(partner, known) {
      const written = writing.then(() => writeNow(partner, known));
      writing = written.catch(() => undefined);
      return written;
    },
  };
}
