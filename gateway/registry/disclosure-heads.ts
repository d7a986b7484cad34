import { hashForm, replaceFile } from '@hub/shared/system';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const knownSchema = z.object({
  /** How many links the partner’s record had. `hash` is that of the last one. */
  links: z.int().nonnegative(),
  hash: z.string().regex(hashForm),
  /** When the partner reported it. */
  at: z.string(),
  /**
   * Set if the record no longer continues from there: how many links the partner reports, and when
   * that was noticed.
   */
  fault: z.object({ links: z.int().nonnegative(), at: z.string() }).optional(),
});
const fileSchema = z.record(z.string(), knownSchema);

/** The known end of a partner’s record of disclosures. */
export type KnownHead = z.infer<typeof knownSchema>;

/** The known ends of all partners’ records, in a file of the hub. */
export interface DisclosureHeads {
  /** @throws if the file exists and cannot be read */
  read(): Promise<Readonly<Record<string, KnownHead>>>;
  /** Replaces the known end of one partner’s record atomically. */
  write(partner: string, known: KnownHead): Promise<void>;
  /** Forgets the known end, because a person has decided that the record begins anew. */
  forget(partner: string): Promise<void>;
}

export const disclosureHeadsFile = (dataDir: string): string =>
  join(dataDir, 'disclosure-heads.json');

/**
 * Stores the known ends in the hub’s data folder. If workers overwrite each other’s, the next round
 * corrects that.
 */
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
  const writeNow = async (partner: string, known?: KnownHead) => {
    const { [partner]: _, ...others } = await read();
    const text = JSON.stringify({ ...others, ...(known && { [partner]: known }) }, null, 2);
    await replaceFile(path, `${text}\n`);
  };
  const write = (partner: string, known?: KnownHead) => {
    const written = writing.then(() => writeNow(partner, known));
    writing = written.catch(() => undefined);
    return written;
  };
  return { read, write, forget: write };
}
