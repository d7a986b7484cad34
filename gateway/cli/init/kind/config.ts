import { type PartnerConfig, readPartnerConfig } from '@hub/shared/partner';
import { type Environment, withEnvFile } from '@hub/shared/system';

/** The code of this organisation. All its ids begin with it. */
const code = 'new-kind';

const defaultPort = 4200;

/**
 * Reads the settings of this server from the environment and the command line.
 * @throws `ConfigError` with all invalid settings.
 */
export function readConfig(
  environment: Environment = withEnvFile(import.meta.url, process.env),
  argv: readonly string[] = process.argv.slice(2),
): PartnerConfig {
  return readPartnerConfig(
    { module: import.meta.url, codes: [code], defaultPort: () => defaultPort },
    environment,
    argv,
  );
}
