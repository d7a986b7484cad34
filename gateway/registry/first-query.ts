import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from './package-folder.js';

/** The example operation for newcomers. It has a result even without the demonstration data. */
export function readFirstQuery(): string {
  return readFileSync(join(packageFolder, 'registry', 'first-query.graphql'), 'utf8').trim();
}
