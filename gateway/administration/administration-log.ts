import { BrokenLine, followLines, noLines, type ChainedLine } from '@hub/shared/evidence';
import { openChainedFile } from './chained-file.js';

/** The result of a check: whole, or the first broken entry. */
type AdministrationCheck =
  | { readonly isWhole: true; readonly entries: number; readonly lastHash: string }
  | { readonly isWhole: false; readonly sequence: number; readonly reason: string };

/** What was done to the network and its graph. */
export interface AdministrationLog {
  /**
   * Resolves when the entry is on disk.
   * @param event `RELEASED`, `PUBLICATION_REFUSED`
   * @param details codes, numbers and schema coordinates. No names, no tokens, no keys
   */
  append(event: string, details: Readonly<Record<string, unknown>>): Promise<void>;
  /** @throws if an entry cannot be read */
  read(): readonly ChainedLine[];
  verify(): AdministrationCheck;
}

export function createAdministrationLog(path: string, clock?: () => Date): AdministrationLog {
  const file = openChainedFile(path, clock);
  return {
    async append(event, details) {
      await file.append(() => ({ event, details }));
    },
    read: () => [...followLines(file.readLines())],
    verify() {
      let last: Pick<ChainedLine, 'sequence' | 'hash'> = noLines;
      try {
        for (const line of followLines(file.readLines())) last = line;
      } catch (error) {
        if (!(error instanceof BrokenLine)) throw error;
        return { isWhole: false, sequence: error.sequence, reason: error.reason };
      }
      return { isWhole: true, entries: last.sequence, lastHash: last.hash };
    },
  };
}
