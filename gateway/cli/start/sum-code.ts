import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Commands, benchmarks and tests are compiled with the servers but do not belong to them. */
const notServed = /(^|[\\/])(testing[\\/]|test-)|^(cli|bench)[\\/]|\.test\.js$/;

/** What compiled code imports or starts: `'./fold.js'`, `'@hub/shared/scalars'`. */
const imported = /'(\.{1,2}\/[^'\n]+\.js|@hub\/shared\/[a-z-]+)'/g;

/**
 * A hash of compiled code that changes when a server with it has to be restarted.
 * @param folders all their code counts. Of the kit, what it imports counts.
 */
export function sumCode(clone: string, folders: readonly string[]): string {
  const files = new Set(folders.flatMap((folder) => listFiles(join(clone, folder, 'dist'))));
  const kit = join(clone, 'shared', 'dist');
  const sum = createHash('sha256');
  // Files that are added meanwhile are visited too.
  for (const file of files) {
    const code = readFileSync(file, 'utf8');
    sum.update(file.slice(clone.length)).update(code);
    for (const [, target = ''] of code.matchAll(imported)) {
      const path = target.startsWith('.')
        ? join(dirname(file), target)
        : join(kit, target.slice('@hub/shared/'.length), 'index.js');
      if (path.startsWith(kit) && existsSync(path)) files.add(path);
    }
  }
  return sum.digest('hex');
}

const listFiles = (dist: string): string[] =>
  readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js') && !notServed.test(name))
    .toSorted()
    .map((name) => join(dist, name));
