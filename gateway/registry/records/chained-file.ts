import { chainedLines } from '@hub/shared/records';
import { makeFolder } from '@hub/shared/system';
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

type Content = Pick<chainedLines.ChainedLine, 'event' | 'details'>;

/** A file of lines with a hash over the one before. Several processes may write it. */
export interface ChainedFile {
  /** @throws if it exists and cannot be read */
  readLines(): string[];
  /** Why no line can be appended. Undefined if one can. */
  findObstacle(): string | undefined;
  /**
   * Appends what `decide` returns for the lines until now, while nobody else writes. Resolves when
   * it is on disk. Undefined if `decide` returns nothing.
   * @throws BrokenLine if the last line cannot be read, and what `decide` throws
   */
  append(
    decide: (lines: readonly string[]) => Content | undefined | Promise<Content | undefined>,
  ): Promise<chainedLines.ChainedLine | undefined>;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** The last line as a chain of its own. */
function readEnd(text: string | undefined) {
  if (text === undefined) return chainedLines.noLines;
  const { sequence, previous } = JSON.parse(text) as chainedLines.ChainedLine;
  const [last] = chainedLines.followLines([text], { sequence: sequence - 1, hash: previous });
  return last ?? chainedLines.noLines;
}

export function openChainedFile(path: string, clock: () => Date = () => new Date()): ChainedFile {
  const readLines = () => chainedLines.splitLines(readText(path));
  const write = (
    lines: readonly string[],
    { event, details }: Content,
  ): chainedLines.ChainedLine => {
    const line = chainedLines.continueLines(readEnd(lines.at(-1)), {
      at: clock().toISOString(),
      event,
      details,
    });
    const file = openSync(path, 'a', 0o600);
    try {
      ftruncateSync(file, Buffer.byteLength(lines.map((each) => `${each}\n`).join('')));
      writeSync(file, `${JSON.stringify(line)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return line;
  };
  return {
    readLines,
    findObstacle() {
      try {
        readEnd(readLines().at(-1));
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    },
    async append(decide) {
      makeFolder(dirname(path));
      const release = await lock(`${path}.lock`);
      try {
        const lines = readLines();
        const content = await decide(lines);
        return content && write(lines, content);
      } finally {
        release();
      }
    },
  };
}

function isAlive(pid: number): boolean {
  // 0 would be this process’s own group.
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const pauseMs = 10;
/** A lock without a process in it is just being taken, unless it stays so. */
const mostTries = 500;

/** Removes a lock whose process has ended. One that was taken meanwhile is put back. */
function breakStale(path: string): void {
  const moved = `${path}.${process.pid}`;
  try {
    renameSync(path, moved);
    if (isAlive(Number(readText(moved)))) linkSync(moved, path);
  } catch {
    // Somebody else was quicker.
  } finally {
    rmSync(moved, { force: true });
  }
}

/** Waits until no other process writes. A lock whose process has ended does not count. */
async function lock(path: string): Promise<() => void> {
  for (let tries = 0; ; tries += 1) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(readText(path));
    if (holder > 0 ? !isAlive(holder) : tries >= mostTries) breakStale(path);
    else await wait(pauseMs);
  }
}
