import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/**
 * A logger of JSON lines. What is logged are ids and codes: never a token, a key, a name, an e-mail, a report or an
 * itinerary.
 */
export function createLogger(name: string, level: string): Logger {
  return pino({ name, level, base: { name }, timestamp: pino.stdTimeFunctions.isoTime });
}

/** A logger that keeps silent, for tests. */
export const silentLogger: Logger = pino({ level: 'silent' });
