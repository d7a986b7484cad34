export type { BackUpTask } from './back-up-task.js';
export {
  keyFolderOf,
  localDatabaseUrl,
  localIdentityFile,
  readCountThreshold,
  readPartnerConfig,
  type PartnerConfig,
  type PartnerConfigOptions,
  type PartnerTask,
} from './partner-config.js';
export { replaceFile } from './place-file.js';
export { OpenToOthers, closeDataFolder, closeFile, keepFilesPrivate } from './private-files.js';
export { ConfigError, port, readEnvironment, type Environment } from './read-environment.js';
