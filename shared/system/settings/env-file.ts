import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import type { Environment } from './read-environment.js';

/**
 * The environment, and what the file `.env` of the partner’s folder adds to it. A variable that is
 * set in the environment takes precedence.
 * @param module `import.meta.url` of a file in the partner’s folder or its `dist`
 */
export function withEnvFile(module: string, environment: Environment): Environment {
  const file = new URL('.env', findPackage(module));
  if (!existsSync(file)) return environment;
  return { ...parseEnv(readFileSync(fileURLToPath(file), 'utf8')), ...environment };
}

/** The nearest folder above that has a package.json. */
function findPackage(module: string): URL {
  for (let folder = new URL('.', module); ; folder = new URL('..', folder)) {
    const isRoot = folder.href === new URL('..', folder).href;
    if (isRoot || existsSync(new URL('package.json', folder))) return folder;
  }
}
