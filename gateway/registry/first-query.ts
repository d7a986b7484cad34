import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from './package-folder.js';

/** The operation that newcomers are shown, which has an answer on the facts alone. */
export function readFirstQuery(): string {
  return readFileSync(join(packageFolder, 'registry', 'first-query.graphql'), 'utf8').trim();
}
