import { readPartnerConfig, type Environment, type PartnerConfig } from '@hub/shared/config';
import { officesCode } from '@hub/shared/vocabulary';

const defaultPort = 4101;

/**
 * Reads how the offices' server runs, from the environment and the command line.
 * @throws ConfigError with everything that does not fit.
 */
export function readConfig(
  environment: Environment = process.env,
  argv: readonly string[] = process.argv.slice(2),
): PartnerConfig {
  return readPartnerConfig(
    { module: import.meta.url, codes: [officesCode], defaultPort: () => defaultPort },
    environment,
    argv,
  );
}
