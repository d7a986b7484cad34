import { readPartnerConfig, type Environment, type PartnerConfig } from '@hub/shared/config';
import { policeCodes } from '@hub/shared/vocabulary';

/** Denmark’s; the other polices follow in the order of their codes. */
const firstPort = 4111;

const defaultPort = (code: string): number =>
  firstPort + policeCodes.findIndex((known) => known === code);

/**
 * Reads how a police runs: `--partner no`, or `HUB_PARTNER`, says which.
 * @throws `ConfigError` with all that does not fit.
 */
export function readConfig(
  environment: Environment = process.env,
  argv: readonly string[] = process.argv.slice(2),
): PartnerConfig {
  return readPartnerConfig(
    { module: import.meta.url, codes: policeCodes, defaultPort },
    environment,
    argv,
  );
}
