export { ConfigError, port, readEnvironment, type Environment } from './read-environment.js';
