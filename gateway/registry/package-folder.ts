import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

function findPackageFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error('The hub’s package.json is missing.');
  }
}

/** The folder `gateway`, whether the code runs from its sources or from `dist`. */
export const packageFolder = findPackageFolder();

/** The full path of a file of the environment. Relative ones start at the root of the clone. */
export const locate = (file: string): string => resolve(dirname(packageFolder), file);
