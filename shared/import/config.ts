import { resolve } from 'node:path';

/**
 * The folder in which the command was called. npm runs a package’s scripts in the package’s own
 * folder.
 */
export const readFolder = (environment: NodeJS.ProcessEnv = process.env): string =>
  resolve(environment['INIT_CWD'] ?? '.');
