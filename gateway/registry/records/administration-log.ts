import { chainedLines } from '@hub/shared/records';
import type { Logger } from '@hub/shared/system';
import { lstatSync } from 'node:fs';
import { openChainedFile } from './chained-file.js';

/** The result of a check: whole, or the first broken entry. */
type AdministrationCheck =
  | { readonly isWhole: true; readonly entries: number; readonly lastHash: string }
  | { readonly isWhole: false; readonly sequence: number; readonly reason: string };

/** What was done to the network and its graph. */
export interface AdministrationLog {
  /** Why nothing can be appended: the end of the file was spoilt. Undefined if it can. */
  findObstacle(): string | undefined;
  /**
   * Resolves when the entry is on disk.
   * @param event `RELEASED`, `PUBLICATION_REFUSED`
   * @param details codes, numbers and schema coordinates. No names, no tokens, no keys
   */
  append(event: string, details: Readonly<Record<string, unknown>>): Promise<void>;
  /** Changes with the file. */
  stamp(): string;
  /** @throws if an entry cannot be read */
  read(): readonly chainedLines.ChainedLine[];
  verify(): AdministrationCheck;
}

export function createAdministrationLog(path: string, clock?: () => Date): AdministrationLog {
  const file = openChainedFile(path, clock);
  return {
    findObstacle: file.findObstacle,
    async append(event, details) {
      await file.append(() => ({ event, details }));
    },
    stamp() {
      const { mtimeMs, size } = lstatSync(path, { throwIfNoEntry: false }) ?? {};
      return `${mtimeMs}:${size}`;
    },
    read: () => [...chainedLines.followLines(file.readLines())],
    verify() {
      let last: Pick<chainedLines.ChainedLine, 'sequence' | 'hash'> = chainedLines.noLines;
      try {
        for (const line of chainedLines.followLines(file.readLines())) last = line;
      } catch (error) {
        if (!(error instanceof chainedLines.BrokenLine)) throw error;
        return { isWhole: false, sequence: error.sequence, reason: error.reason };
      }
      return { isWhole: true, entries: last.sequence, lastHash: last.hash };
    },
  };
}

/** For the running hub: what it does counts, even if it cannot be written down. */
export const withoutFailing = (log: AdministrationLog, logger: Logger): AdministrationLog => ({
  ...log,
  append: (event, details) =>
    log.append(event, details).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      logger.error({ event, ...details, reason }, 'the log of administration cannot be written');
    }),
});
