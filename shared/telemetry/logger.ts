import { pino, type Logger } from 'pino';
import { openLog, type LogStream } from './log-stream.js';

export type { Logger } from 'pino';

/** One for all loggers of a process, whose lines then keep their order. */
let standardOutput: LogStream | undefined;

/**
 * A logger of JSON lines. What is logged are ids and codes: never a token, a key, a name, an e-mail, a report or an
 * itinerary.
 */
export function createLogger(name: string, level: string): Logger {
  standardOutput ??= openLog();
  return pino(
    { name, level, base: { name }, timestamp: pino.stdTimeFunctions.isoTime },
    standardOutput,
  );
}

/** A logger that keeps silent, for tests. */
export const silentLogger: Logger = pino({ level: 'silent' });
