import { pino, type Logger } from 'pino';
import { openLog, type LogStream } from './log-stream.js';

export type { Logger } from 'pino';

/** Shared by all loggers of a process, so that their lines keep their order. */
let standardOutput: LogStream | undefined;

/** A line in the form of a pino warning. */
function describeDropped(name: string, dropped: number): string {
  const time = new Date().toISOString();
  const msg = 'log lines were dropped: nobody read standard output';
  return `${JSON.stringify({ level: pino.levels.values.warn, time, name, pid: process.pid, dropped, msg })}\n`;
}

/**
 * A logger with JSON lines. Only ids and codes may be logged: never a token, a key, a name, an
 * e-mail, a report or an itinerary.
 */
export function createLogger(name: string, level: string): Logger {
  standardOutput ??= openLog({ describeDropped: (count) => describeDropped(name, count) });
  return pino(
    { name, level, base: { name }, timestamp: pino.stdTimeFunctions.isoTime },
    standardOutput,
  );
}

/** How many lines this process has dropped. */
export const readDroppedLines = (): number => standardOutput?.droppedLines ?? 0;

/** A logger that writes nothing, for tests. */
export const silentLogger: Logger = pino({ level: 'silent' });
