/** Detects silence. */
export interface Watchdog {
  /** From now on, a sign of life must come within this time. */
  begin(ms: number): void;
  end(): void;
}

/**
 * Silence means this many checks in a row without a sign of life. One check is not enough: after a
 * pause of this thread, timers fire before messages are read.
 */
const looks = 4;

/** Calls `onSilence` when no sign of life came in time. Does not keep the process alive. */
export function createWatchdog(onSilence: (ms: number) => void): Watchdog {
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => clearInterval(timer);
  return {
    begin(ms) {
      end();
      let looked = 0;
      timer = setInterval(() => {
        looked += 1;
        if (looked < looks) return;
        end();
        onSilence(ms);
      }, ms / looks).unref();
    },
    end,
  };
}
