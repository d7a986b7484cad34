import { makeFolder, replaceFile } from '@hub/shared/system';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { exchangeSchema } from './evidence-file.js';

const keptSchema = z.strictObject({
  requestId: z.string(),
  organisation: z.string(),
  at: z.iso.datetime(),
  exchanges: z.array(exchangeSchema),
  omitted: z.int(),
});

/** What the hub keeps of one operation. */
export type KeptOperation = z.output<typeof keptSchema>;

/** What is kept of operations whose client asked for evidence. */
export interface EvidenceStore {
  /**
   * Keeps an operation, unless the organisation has used its id before.
   * @returns until when it is kept; undefined if it is not
   */
  keep(operation: KeptOperation): Promise<Date | undefined>;
  /** The operations with this id: of each organisation at most one. */
  find(requestId: string): KeptOperation[];
  /** Removes what is too old, also of organisations that keep nothing new. Call it once a day. */
  dropOld(): void;
}

const dayMs = 86_400_000;
const keptMs = 30 * dayMs;
/** Of one organisation. The oldest is dropped first. */
const mostOperations = 500;

/** Another worker may have removed the file meanwhile. */
const writtenAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const isCode = (text: string): boolean => /^[a-z][a-z0-9-]{1,31}$/.test(text);

/** Keeps operations in a folder for each organisation, readable by the hub’s user alone. */
export function createEvidenceStore(
  folder: string,
  clock: () => Date = () => new Date(),
): EvidenceStore {
  const nameOf = (requestId: string) => `${encodeURIComponent(requestId)}.json`;
  const isOld = (at: number): boolean => at < clock().getTime() - keptMs;
  const organisations = () => (existsSync(folder) ? readdirSync(folder) : []);
  /** Removes what is too old or too much. */
  function prune(own: string): void {
    const files = readdirSync(own)
      .map((name) => ({ path: join(own, name), at: writtenAt(join(own, name)) }))
      .toSorted((one, other) => other.at - one.at);
    for (const [index, { path, at }] of files.entries())
      if (index >= mostOperations || isOld(at)) rmSync(path, { force: true });
  }
  return {
    async keep(operation) {
      if (!isCode(operation.organisation)) return undefined;
      const own = join(folder, operation.organisation);
      const path = join(own, nameOf(operation.requestId));
      if (existsSync(path)) return undefined;
      makeFolder(own);
      await replaceFile(path, JSON.stringify(operation));
      prune(own);
      return new Date(clock().getTime() + keptMs);
    },
    find(requestId) {
      return organisations().flatMap((organisation) => {
        const path = join(folder, organisation, nameOf(requestId));
        if (!existsSync(path) || isOld(writtenAt(path))) return [];
        return [keptSchema.parse(JSON.parse(readFileSync(path, 'utf8')))];
      });
    },
    dropOld() {
      for (const organisation of organisations()) prune(join(folder, organisation));
    },
  };
}
