// Plain JavaScript: this runs before anything is installed or built.
import * as fs from 'node:fs';
import { dirname } from 'node:path';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function take(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file) {
  try {
    return Number(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Removes a lock whose holder has ended. A lock that was taken meanwhile is put back. */
function breakStale(file) {
  const moved = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, moved);
    if (isAlive(readHolder(moved) || 0)) fs.linkSync(moved, file);
  } catch {
    // Somebody else was quicker.
  } finally {
    fs.rmSync(moved, { force: true });
  }
}

/**
 * Waits for the lock, and holds it until the returned function is called or the process ends.
 * @param {string} file
 * @param {() => void} onWait called once if it has to wait
 */
export async function holdLock(file, onWait) {
  fs.mkdirSync(dirname(file), { recursive: true });
  for (let waited = 0; !take(file); waited += 1) {
    const holder = readHolder(file);
    // A lock without a process id is just being written, unless it stays so.
    if (holder ? !isAlive(holder) : waited > 0 && waited % 50 === 0) {
      breakStale(file);
      continue;
    }
    if (waited === 5) onWait();
    await pause(100);
  }
  const release = () => {
    if (readHolder(file) === process.pid) fs.rmSync(file, { force: true });
    process.off('exit', release);
  };
  process.once('exit', release);
  return release;
}
