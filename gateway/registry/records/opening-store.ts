import { chainedLines, dailyHeads } from '@hub/shared/records';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the heads of form 2 hide, for this hub alone. */
export interface OpeningStore {
  read(): dailyHeads.Openings;
  /** Returns when it is on disk. */
  add(opening: dailyHeads.Opening): void;
}

/** Reads a file of openings. */
export const readOpeningsFile = (path: string): dailyHeads.Openings =>
  dailyHeads.readOpenings(chainedLines.splitLines(readFileSync(path, 'utf8')));

/** @param headsFile the file of all heads, beside which the openings are */
export function createOpeningStore(headsFile: string): OpeningStore {
  const path = join(dirname(headsFile), 'head-openings.jsonl');
  return {
    read: () => (existsSync(path) ? readOpeningsFile(path) : new Map()),
    add(opening) {
      // A line that a crash cut off ends here.
      appendFileSync(path, `\n${JSON.stringify(opening)}\n`, { mode: 0o600, flush: true });
    },
  };
}
