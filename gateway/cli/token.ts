import { createToken } from '@hub/shared/partner';
import type { Environment } from '@hub/shared/system';
import { readNetworkConfig } from '../config.js';
import { ensureSigningKey } from '../registry/network-keys.js';

/**
 * The command `token`: signs a token with the organisation’s keys in the data folder. Creates them
 * if they are missing.
 * @throws `UsageError`; `ConfigError` if the environment is invalid; `KeyFileError` if half of the
 * keys are missing
 */
export async function createNetworkToken(
  argv: readonly string[],
  environment?: Environment,
): Promise<string> {
  const { network, dataDir } = readNetworkConfig(environment);
  return createToken(argv, {
    organisations: network.partners.map(({ code }) => code),
    findKey: (organisation) => ensureSigningKey(dataDir, organisation),
  });
}
