import type { OperationMeter } from '@hub/shared/http';
import {
  addUp,
  Counter,
  durationBuckets,
  Gauge,
  measureCertificates,
  measureDisk,
  measureOperations,
  measureProcess,
  Registry,
  Timings,
  type Counts,
  type MeasuredCertificates,
  type MeasuredDisk,
} from '@hub/shared/metrics';
import type { NoticeMeter } from '../notices/change-notices.js';
import { createNoticeMeter } from './notice-metrics.js';
import { watchQueues, type WatchedHub } from './queue-metrics.js';
import { watchTrust, type WatchedTrust } from './trust-metrics.js';

/**
 * Counts what the hub does. Labels are codes of the network, statuses and codes of the catalogue:
 * their number is bounded, and none has a name, an id, a variable or a token.
 */
export interface HubMetrics {
  /** Operations of clients. */
  readonly operations: OperationMeter;
  /** A partner was called. */
  called(partner: string, outcome: string, seconds: number): void;
  /** A call was not needed: a cached response, or an equal call in flight, served it. */
  saved(partner: string, by: 'cache' | 'equal_call'): void;
  /** An operation was planned and compiled for the first time, or could not be. */
  planned(isPlanned: boolean, seconds: number): void;
  /** A response lacks what these partners have. */
  incomplete(missing: readonly Missing[]): void;
  /** An export was made, or was refused. */
  exported(extension: string, isMade: boolean, seconds: number): void;
  /** Whether what the registry has on disk cannot be loaded, so that less is served. */
  graphNotLoaded(isSo: boolean): void;
  /** A caller sent very many reads of people, or refused requests, in a minute. */
  enumerated(): void;
  /** The head of a partner’s record was refused. */
  headRefused(): void;
  /** Notices of changes. */
  readonly notices: NoticeMeter;
  /** Reads queues and statuses of this hub, whenever somebody reads the metrics. */
  watch(hub: WatchedHub): void;
  /** What this process has counted. */
  readCounts(): Promise<Counts>;
}

interface Missing {
  readonly partner: string;
  readonly status: string;
}

/** Prometheus’s text for what several processes have counted. */
export const writeMetrics = (all: readonly Counts[]): Promise<string> => addUp(all).metrics();

/** The extensions of files that exist. A client may ask for any. */
const extensions: ReadonlySet<string> = new Set(['csv', 'geojson', 'graphml', 'ics', 'html']);

/**
 * @param certificates the certificates of this process. @default there are none
 * @param disk where the hub’s files are. @default it is not measured
 * @param trust the partners’ keys and records. @default they are not measured
 */
export function createHubMetrics(
  certificates: MeasuredCertificates = {},
  disk?: MeasuredDisk,
  trust?: WatchedTrust,
): HubMetrics {
  const registry = new Registry();
  const registers = [registry];
  measureProcess(registry);
  measureCertificates(registry, 'hub', certificates);
  if (disk) measureDisk(registry, 'hub', disk);
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
  const exported = new Timings({
    name: 'hub_export_duration_seconds',
    help: 'Time until a file is ready to be sent, by extension and outcome.',
    labelNames: ['extension', 'outcome'],
    buckets: [0.01, 0.05, 0.25, 1, 5, 30, 120, 300],
    registry,
  });
  const enumerating = new Counter({
    name: 'hub_enumerating_callers_total',
    help: 'Callers with very many reads of people, or refused requests, in a minute.',
    registers,
  });
  const refusedHeads = new Counter({
    name: 'hub_refused_heads_total',
    help: 'Signed ends of records that the hub refused to publish.',
    registers,
  });
  const notLoaded = new Gauge({
    name: 'hub_graph_not_loaded',
    help: 'Workers whose newest graph cannot be loaded, so that they serve less.',
    registers,
  });
  return {
    operations: measureOperations(registry, 'hub'),
    called: (partner, outcome, seconds) => calls.of(partner, outcome).observe(seconds),
    saved: (partner, by) => saved.inc({ partner, by }),
    planned: (isPlanned, seconds) => planned.of(isPlanned ? 'planned' : 'failed').observe(seconds),
    incomplete(partners) {
      incomplete.inc();
      for (const { partner, status } of partners) missing.inc({ partner, status });
    },
    exported: (extension, isMade, seconds) =>
      exported
        .of(extensions.has(extension) ? extension : 'other', isMade ? 'made' : 'refused')
        .observe(seconds),
    graphNotLoaded: (isSo) => notLoaded.set(isSo ? 1 : 0),
    enumerated: () => enumerating.inc(),
    headRefused: () => refusedHeads.inc(),
    notices: createNoticeMeter(registry),
    watch: (hub) => watchQueues(registry, hub),
    readCounts: () => registry.getMetricsAsJSON(),
  };
}
