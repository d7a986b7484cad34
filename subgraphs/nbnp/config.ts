import { type PartnerConfig, readPartnerConfig } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';
import { type Environment, withEnvFile } from '@hub/shared/system';

const defaultPort = 4102;

/**
 * Reads the settings of the network’s server.
 * @throws `ConfigError` with all invalid settings.
 */
export function readConfig(
  environment: Environment = withEnvFile(import.meta.url, process.env),
  argv: readonly string[] = process.argv.slice(2),
): PartnerConfig {
  return readPartnerConfig(
    { module: import.meta.url, codes: [codes.networkCode], defaultPort: () => defaultPort },
    environment,
    argv,
  );
}
