export {
  keyFolderOf,
  localDatabaseUrl,
  readCountThreshold,
  readPartnerConfig,
  type PartnerConfig,
  type PartnerConfigOptions,
  type PartnerTask,
} from './partner-config.js';
export { ConfigError, port, readEnvironment, type Environment } from './read-environment.js';
