import {
  addUp,
  type Counts,
  durationBuckets,
  type MeasuredServer,
  measureServer,
  Timings,
} from '@hub/shared/server';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { HubMeter } from '../../hub-plugin.js';
import { type WatchedTrust, watchTrust } from './trust-metrics.js';

/** Prometheus’s text for what several processes have counted. */
export const writeMetrics = (all: readonly Counts[]): Promise<string> => addUp(all).metrics();

/**
 * Measures this process and its partners. Labels are codes of the network, statuses and codes of the
 * catalogue: their number is bounded, and none has a name, an id, a variable or a token.
 * @param certificates the certificates of this process. @default there are none
 * @param disk where the hub’s files are. @default it is not measured
 * @param trust the partners’ keys and records. @default they are not measured
 */
export function createHubMeter(
  registry: Registry,
  certificates?: MeasuredServer['certificates'],
  disk?: MeasuredServer['disk'],
  trust?: WatchedTrust,
): HubMeter {
  const registers = [registry];
  const readKeys = trust?.readKeys;
  const operations = measureServer(registry, 'hub', { certificates, disk, readKeys });
  if (trust) watchTrust(registry, trust);
  new Gauge({
    name: 'hub_workers',
    help: 'Worker processes.',
    registers,
  }).set(1);
  const calls = new Timings({
    name: 'hub_partner_call_duration_seconds',
    help: 'Time of a call to a partner, by partner and result.',
    labelNames: ['partner', 'outcome'],
    buckets: durationBuckets,
    registry,
  });
  const saved = new Counter({
    name: 'hub_partner_calls_saved_total',
    help: 'Calls that a cached response or an equal call in flight made unnecessary.',
    labelNames: ['partner', 'by'],
    registers,
  });
  const planned = new Timings({
    name: 'hub_planning_duration_seconds',
    help: 'Time to plan and compile an operation that was not cached, by outcome.',
    labelNames: ['outcome'],
    buckets: durationBuckets,
    registry,
  });
  const incomplete = new Counter({
    name: 'hub_incomplete_responses_total',
    help: 'Responses from which the data of at least one partner is missing.',
    registers,
  });
  const missing = new Counter({
    name: 'hub_missing_partners_total',
    help: 'Incomplete responses by the partner that is missing, and why.',
    labelNames: ['partner', 'status'],
    registers,
  });
  const enumerating = new Counter({
    name: 'hub_enumerating_callers_total',
    help: 'Callers with very many reads of people, or refused requests, in a minute.',
    registers,
  });
  return {
    operations,
    called: (partner, outcome, seconds) => calls.of(partner, outcome).observe(seconds),
    saved: (partner, by) => saved.inc({ partner, by }),
    planned: (isPlanned, seconds) => planned.of(isPlanned ? 'planned' : 'failed').observe(seconds),
    incomplete(partners) {
      incomplete.inc();
      for (const { partner, status } of partners) missing.inc({ partner, status });
    },
    enumerated: () => enumerating.inc(),
  };
}
