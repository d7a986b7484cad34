export { addresses, metricsReaders } from './addresses.js';
export type { BackUpTask } from './back-up-task.js';
export { withEnvFile } from './env-file.js';
export {
  partnerVariables,
  readCommonSettings,
  readPartnerConfig,
  type PartnerConfig,
  type PartnerConfigOptions,
  type PartnerTask,
} from './partner-config.js';
export { keyFolderOf, localDatabaseUrl, localIdentityFile } from './partner-files.js';
export { isLoopback, isPlainCall, type PlainHttp } from './plain-http.js';
export { localPublicationFiles } from './publication-settings.js';
export {
  ConfigError,
  UsageError,
  port,
  readEnvironment,
  type Environment,
} from './read-environment.js';
export { readTlsSettings, tlsVariables } from './tls-settings.js';
