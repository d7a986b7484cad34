import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';
import { readDroppedLines } from '../../system/logger.js';

/** How often the event loop is checked, in milliseconds. Each time costs 0.05 ms. */
const resolution = 100;
/** A delay is reported for at least this long, so that several readers see it. */
const windowMs = 15_000;

/** The longest delay of this process’s event loop in the last 15 to 30 seconds. */
class LoopDelay {
  readonly #monitor: IntervalHistogram = monitorEventLoopDelay({ resolution });
  #before = 0;
  #since = performance.now();

  constructor() {
    this.#monitor.enable();
  }

  readSeconds(): number {
    // The monitor counts the time between two checks.
    const now = Math.max(0, this.#monitor.max / 1e9 - resolution / 1_000);
    const longest = Math.max(now, this.#before);
    if (performance.now() - this.#since >= windowMs) {
      this.#before = now;
      this.#since = performance.now();
      this.#monitor.reset();
    }
    return longest;
  }
}

/** All servers of a process share one. */
let loopDelay: LoopDelay | undefined;

/** Measures this process: its CPU time, memory, event loop and log. It computes only when read. */
export function measureProcess(registry: Registry): void {
  const delay = (loopDelay ??= new LoopDelay());
  const startedAt = Date.now() / 1_000 - process.uptime();
  const gauge = (
    name: string,
    help: string,
    read: () => number,
    aggregator: 'sum' | 'max' = 'sum',
  ) =>
    new Gauge({
      name,
      help,
      aggregator,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  const counter = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  counter('process_cpu_seconds_total', 'CPU time of all threads.', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  gauge('process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss());
  gauge(
    'process_start_time_seconds',
    'When the youngest process started, in seconds since the epoch.',
    () => startedAt,
    'max',
  );
  gauge(
    'nodejs_heap_size_used_bytes',
    'Memory of JavaScript objects.',
    () => process.memoryUsage().heapUsed,
  );
  gauge(
    'nodejs_eventloop_lag_max_seconds',
    'The longest delay of an event loop in the last 15 to 30 seconds.',
    () => delay.readSeconds(),
    'max',
  );
  counter(
    'log_lines_dropped_total',
    'Log lines that were dropped because nobody read standard output.',
    readDroppedLines,
  );
}
