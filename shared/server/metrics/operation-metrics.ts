import { Counter, type Registry } from 'prom-client';
import type { OperationMeter, OperationOutcome } from '../http/operations/operation-meter.js';
import { Timings, type Timer } from './timings.js';

/** In seconds: from a cached response to the longest deadline. */
export const durationBuckets = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15,
];

const outcomes = ['complete', 'partial', 'refused', 'failed'] as const;

/** Counts the operations of a server, and measures how long they take. */
export function measureOperations(registry: Registry, prefix: 'hub' | 'partner'): OperationMeter {
  const durations = new Timings({
    name: `${prefix}_operation_duration_seconds`,
    help: 'Time of an operation until its response is written, by how it ended: complete, partial (data and errors), refused, failed.',
    labelNames: ['outcome'],
    buckets: durationBuckets,
    registry,
  });
  const refused = new Counter({
    name: `${prefix}_refused_requests_total`,
    help: 'Requests that got no data, by the code of their first error.',
    labelNames: ['code'],
    registers: [registry],
  });
  const by = Object.fromEntries(
    outcomes.map((outcome) => [outcome, durations.of(outcome)]),
  ) as Record<OperationOutcome, Timer>;
  return {
    ended: (outcome, seconds) => by[outcome].observe(seconds),
    refused: (code) => refused.inc({ code }),
  };
}
