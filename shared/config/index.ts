export { ConfigError, port, readEnvironment, type Environment } from './read-environment.js';
export {
  keyFolderOf,
  localDatabaseUrl,
  readPartnerConfig,
  type PartnerConfig,
  type PartnerConfigOptions,
  type PartnerTask,
} from './partner-config.js';
