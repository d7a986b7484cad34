import { readOpenings, splitLines, type Opening, type Openings } from '@hub/shared/evidence';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the sealed heads hide, for this hub alone. */
export interface OpeningFile {
  read(): Openings;
  /** Returns when it is on disk. */
  add(opening: Opening): void;
}

/** @param headsFile the file of all heads, beside which the openings are */
export function openOpenings(headsFile: string): OpeningFile {
  const path = join(dirname(headsFile), 'head-openings.jsonl');
  return {
    read: () => readOpenings(existsSync(path) ? splitLines(readFileSync(path, 'utf8')) : []),
    add(opening) {
      // A line that a crash cut off ends here.
      appendFileSync(path, `\n${JSON.stringify(opening)}\n`, { mode: 0o600, flush: true });
    },
  };
}
