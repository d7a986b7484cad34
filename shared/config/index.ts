export type { BackUpTask } from './back-up-task.js';
export {
  keyFolderOf,
  localDatabaseUrl,
  localIdentityFile,
  readCommonSettings,
  readPartnerConfig,
  type PartnerConfig,
  type PartnerConfigOptions,
  type PartnerTask,
} from './partner-config.js';
export { ConfigError, port, readEnvironment, type Environment } from './read-environment.js';
