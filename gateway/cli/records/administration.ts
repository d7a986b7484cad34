import type { Environment } from '@hub/shared/system';
import { readNetworkConfig, UsageError } from '../../config.js';
import { openRegistryFiles } from '../../registry-files/served-graph.js';

/** The log of administration was changed. */
export class AdministrationError extends Error {
  override readonly name = 'AdministrationError';
}

const usage = `Usage: npm run hub -- administration verify | list

  verify   whether the log of administration is whole
  list     what was done to the network and its graph`;

/**
 * The command `administration`.
 * @throws `UsageError`, or {@link AdministrationError}
 */
export function runAdministrationCommand(
  argv: readonly string[],
  environment?: Environment,
): string {
  const [command, ...rest] = argv;
  if ((command !== 'verify' && command !== 'list') || rest.length > 0) throw new UsageError(usage);
  const { administration } = openRegistryFiles(readNetworkConfig(environment).dataDir);
  if (command === 'list') {
    const lines = administration
      .read()
      .map(({ sequence, at, event, details }) =>
        [sequence, at, event, JSON.stringify(details)].join('  '),
      );
    return lines.join('\n') || 'The log is empty.';
  }
  const check = administration.verify();
  if (!check.isWhole) {
    throw new AdministrationError(`The log is broken at line ${check.sequence}: ${check.reason}.`);
  }
  return `The log is whole: ${check.entries} entries, the last with the hash ${check.lastHash}.`;
}
