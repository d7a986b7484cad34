export { digestOf, hashForm } from './digest.js';
export { makeFolder, readDisk } from './disk.js';
export { describeFileError } from './file-error.js';
export { createLogger, silentLogger, type Logger } from './logger.js';
export { isOneLine } from './one-line.js';
export { openLater } from './open-later.js';
export { packageFile } from './package-file.js';
export { replaceFile } from './place-file.js';
export { closeDataFolder, keepFilesPrivate } from './private-files.js';
export { probeHealth } from './probe-health.js';
export { readBounded } from './read-bounded.js';
export { addresses, metricsReaders } from './settings/addresses.js';
export { filesForCalls, type TlsSettings } from './settings/certificate-files.js';
export { isLoopback, isPlainCall, type PlainHttp } from './settings/plain-http.js';
export {
  ConfigError,
  UsageError,
  port,
  readEnvironment,
  type Environment,
} from './settings/read-environment.js';
export { readTlsSettings, tlsVariables } from './settings/tls-settings.js';
export { UserError } from './user-error.js';
