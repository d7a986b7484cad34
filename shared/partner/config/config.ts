import { withEnvFile } from '../../system/settings/env-file.js';
import type { Environment } from '../../system/settings/read-environment.js';
import {
  type PartnerConfig,
  type PartnerConfigOptions,
  readPartnerConfig,
} from './partner-config.js';

/** Reads the settings of a partner from the environment and the command line. */
export type ReadConfig = (environment?: Environment, argv?: readonly string[]) => PartnerConfig;

/**
 * Makes the function that reads the settings of a folder’s server. The folder’s `.env` adds to the
 * process’s environment.
 * @throws `ConfigError` from the function, with all invalid settings.
 * @example export const readConfig = defineConfig({ module: import.meta.url, codes, defaultPort });
 */
export const defineConfig =
  (options: PartnerConfigOptions): ReadConfig =>
  (
    environment = withEnvFile(options.module, process.env),
    argv = process.argv.slice(2),
  ): PartnerConfig =>
    readPartnerConfig(options, environment, argv);
