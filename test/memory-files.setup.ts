import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Linux keeps what is written here in memory. */
const memory = '/dev/shm';

/** More than the files of a run ever take, and what its processes need beside them. */
const neededBytes = 4 * 1024 ** 3;

function hasRoom(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return Math.min(bavail * bsize, process.availableMemory()) >= neededBytes;
}

/** Containers may forbid to run programs from memory, and some tests run what they have written. */
function mayRun(folder: string): boolean {
  const program = join(folder, 'program');
  writeFileSync(program, '', { mode: 0o755 });
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process cannot be asked.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
};

/** A run that was killed leaves its folder, and with it the memory is lost to everybody. */
function removeLeftovers(): void {
  for (const name of readdirSync(memory)) {
    const [, pid] = /^hub-tests-(\d+)-/.exec(name) ?? [];
    if (!pid || isRunning(Number(pid))) continue;
    try {
      rmSync(join(memory, name), { recursive: true, force: true });
    } catch {
      // It is another user's.
    }
  }
}

/**
 * Puts the temporary files of a run into memory where there is room. Partners make each write
 * durable, so tests on a disk wait for the disk most of their time. `TMPDIR` chooses another folder.
 */
export function setup(): (() => void) | undefined {
  if (process.env['TMPDIR'] || !hasRoom()) return undefined;
  removeLeftovers();
  const folder = mkdtempSync(join(memory, `hub-tests-${process.pid}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  if (!mayRun(folder)) {
    remove();
    return undefined;
  }
  // PostgreSQL runs as another user than root.
  chmodSync(folder, 0o755);
  process.env['TMPDIR'] = folder;
  return () => {
    delete process.env['TMPDIR'];
    remove();
  };
}
