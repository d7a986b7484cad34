export { createLogger, readDroppedLines, silentLogger, type Logger } from './logger.js';
