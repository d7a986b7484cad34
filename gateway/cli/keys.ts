import { hubIssuer } from '@hub/shared/identity';
import { runKeysCommand } from '@hub/shared/partner';
import { join } from 'node:path';
import { readConfig } from '../config.js';

/**
 * The command `keys`, for the hub’s own keys or those of any organisation in a folder.
 * @throws `UsageError`, or `KeyFileError` with what to do
 */
export function runNetworkKeysCommand(argv: readonly string[]): Promise<string> {
  const { dataDir } = readConfig(undefined, []);
  return runKeysCommand(argv, { code: hubIssuer, folder: join(dataDir, 'keys') });
}
