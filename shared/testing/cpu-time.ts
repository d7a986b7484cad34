/**
 * How long this process computes for `run`, in milliseconds of CPU. On a shared machine the clock also
 * counts what other processes do.
 */
export async function cpuMsOf(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
