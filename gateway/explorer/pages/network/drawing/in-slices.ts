/** As long as a slice of work may take, in milliseconds, before the page answers again. */
const sliceMs = 30;

/** Waits until the browser has answered what waits. */
const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Does something with each value. The page answers in between. Stops if `signal` aborts. */
export async function forEachInSlices<Value>(
  values: readonly Value[],
  work: (value: Value) => void,
  signal: AbortSignal,
): Promise<void> {
  let started = performance.now();
  for (const value of values) {
    if (performance.now() - started > sliceMs) {
      await pause();
      started = performance.now();
    }
    if (signal.aborted) return;
    work(value);
  }
}
