import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readMembersText } from './members.js';

/**
 * A text that changes when a command has changed who is in the network, or has adopted a contract. It is cheap: the
 * primary process asks for it all the time.
 */
export function readMarks(dataDir: string): string {
  const folder = join(dataDir, 'registry', 'contracts');
  let names: string[] = [];
  try {
    names = readdirSync(folder).filter((name) => /^[^.].*\.graphql(\.sealed)?$/.test(name));
  } catch {
    // There is no such folder, or a file has its name.
  }
  const marks = names.toSorted().map((name) => {
    const file = lstatSync(join(folder, name), { throwIfNoEntry: false });
    return `${name} ${file?.mtimeMs ?? ''} ${file?.ino ?? ''}`;
  });
  return [readMembersText(dataDir), ...marks].join('\n');
}
