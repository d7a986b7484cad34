import { pino, type Logger } from 'pino';
import { openLog, type LogStream } from './log-stream.js';

export type { Logger } from 'pino';

/** One for all loggers of a process, whose lines then keep their order. */
let standardOutput: LogStream | undefined;

/** A line as pino writes a warning. */
function describeDropped(name: string, dropped: number): string {
  const time = new Date().toISOString();
  const msg = 'log lines were dropped: nobody read standard output';
  return `${JSON.stringify({ level: pino.levels.values.warn, time, name, pid: process.pid, dropped, msg })}\n`;
}

/**
 * A logger of JSON lines. What is logged are ids and codes: never a token, a key, a name, an e-mail, a report or an
 * itinerary.
 */
export function createLogger(name: string, level: string): Logger {
  standardOutput ??= openLog({ describeDropped: (count) => describeDropped(name, count) });
  return pino(
    { name, level, base: { name }, timestamp: pino.stdTimeFunctions.isoTime },
    standardOutput,
  );
}

/** A logger that keeps silent, for tests. */
export const silentLogger: Logger = pino({ level: 'silent' });
