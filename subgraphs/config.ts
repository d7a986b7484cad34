import { readCommonSettings } from '@hub/shared/partner';
import type { Environment } from '@hub/shared/system';

/**
 * Reads the common settings of all partners of the embedded start.
 * @throws `ConfigError` with all invalid settings.
 */
export const readConfig = (
  environment: Environment = process.env,
): ReturnType<typeof readCommonSettings> => readCommonSettings(environment);
