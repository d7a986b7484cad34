/** Waits for a word of somebody. */
export interface SilenceWatch {
  /** From now on there is something to be said within that time. */
  begin(ms: number): void;
  end(): void;
}

/**
 * Silence is so many looks in a row without a word. One look would not do: after a pause of this thread it comes before
 * what was said meanwhile.
 */
const looks = 4;

/** Calls `onSilence` when nothing was said in time. Keeps no process alive. */
export function watchSilence(onSilence: (ms: number) => void): SilenceWatch {
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
