import type { Logger } from '../../system/logger.js';

/** How long a chore waits: at the start and after an incomplete run; and after a complete run. */
const againMs = 60_000;
const usualMs = 600_000;

export interface ChoreTimes {
  readonly againMs: number;
  readonly usualMs: number;
}

/** A chore that runs until it is stopped. */
export interface RunningChore {
  /** Lets a run under way end, and starts no other one. */
  stop(): Promise<void>;
}

/**
 * Runs a chore again and again beside a server. An error is logged, and the chore is run again.
 * @param run returns false if it should be run again soon
 */
export function runChore(
  run: () => Promise<boolean>,
  logger: Logger,
  times: ChoreTimes = { againMs, usualMs },
): RunningChore {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const wait = (ms: number) => {
    if (isStopped) return;
    timer = setTimeout(() => (running = runOnce()), ms);
    // It keeps no process alive.
    timer.unref();
  };
  const runOnce = async () => {
    let isDone = false;
    try {
      isDone = await run();
      if (!isDone) logger.warn('the chore is incomplete and will be run again');
    } catch (error) {
      logger.error({ err: error }, 'the chore failed and will be run again');
    }
    wait(isDone ? times.usualMs : times.againMs);
  };
  wait(times.againMs);
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}
