import type { Environment } from '@hub/shared/system';
import { readNetworkConfig } from '../config.js';
import { repairWritten } from '../registry/files/repair-registry.js';

/** The settings for a command that changes files of the registry: none goes on from a spoilt one. */
export async function readRepaired(
  say: (line: string) => void,
  environment?: Environment,
): Promise<ReturnType<typeof readNetworkConfig>> {
  const config = readNetworkConfig(environment);
  const spoilt = await repairWritten(config.dataDir);
  for (const { file, used } of spoilt) say(`${file} was spoilt. Used instead: ${used}.`);
  return spoilt.length > 0 ? readNetworkConfig(environment) : config;
}
