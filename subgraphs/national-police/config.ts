import { readPartnerConfig, type Environment, type PartnerConfig } from '@hub/shared/config';
import { policeCodes } from '@hub/shared/vocabulary';

/** Denmark’s port. The other police forces follow in the order of their codes. */
const firstPort = 4111;

const defaultPort = (code: string): number =>
  firstPort + policeCodes.findIndex((known) => known === code);

/**
 * Reads the settings of a police force. `--partner no` or `HUB_PARTNER` selects it.
 * @throws `ConfigError` with all invalid settings.
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
