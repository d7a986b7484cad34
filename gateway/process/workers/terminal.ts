import { closeSync, openSync } from 'node:fs';

const hadTerminal = process.stdin.isTTY;

/** Node also gets SIGHUP when its terminal closes. Then the process must end. */
export function hasLostTerminal(): boolean {
  if (!hadTerminal) return false;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return false;
  } catch {
    return true;
  }
}
