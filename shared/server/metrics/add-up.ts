import { AggregatorRegistry, type Registry } from 'prom-client';

/** What one process has counted, as JSON. */
export type Counts = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** Adds up what several processes have counted. Each metric says how: by default, as a sum. */
export const addUp = (all: readonly Counts[]): Registry => AggregatorRegistry.aggregate([...all]);

/** The part that stays true when a process has ended: counters and histograms. */
export const keepTotals = (counts: Counts): Counts =>
  counts.filter(({ type }) => ['counter', 'histogram'].includes(String(type)));
