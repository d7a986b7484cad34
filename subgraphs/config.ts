import { readCountThreshold, type Environment } from '@hub/shared/config';

/**
 * Reads what all partners of the embedded start have in common.
 * @throws `ConfigError` with what does not fit.
 */
export const readConfig = (
  environment: Environment = process.env,
): { readonly countThreshold: number } => ({ countThreshold: readCountThreshold(environment) });
