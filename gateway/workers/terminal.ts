import { closeSync, openSync } from 'node:fs';

const hadTerminal = process.stdin.isTTY;

/** SIGHUP says that a terminal is gone as well: whoever was started in one goes with it. */
export function hasLostTerminal(): boolean {
  if (!hadTerminal) return false;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return false;
  } catch {
    return true;
  }
}
