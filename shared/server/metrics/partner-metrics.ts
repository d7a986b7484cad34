import { Counter, Gauge, Registry } from 'prom-client';
import type { PoolState } from '../../database/read-pool.js';
import type { StatementMeter } from '../../database/read-rows.js';
import { headFailures, type HeadFailure } from '../../records/witness/witness.js';
import type { OperationMeter } from '../http/operations/operation-meter.js';
import type { Counts } from './add-up.js';
import { durationBuckets } from './operation-metrics.js';
import { measureServer, type MeasuredServer } from './server-metrics.js';
import { Timings } from './timings.js';

/** Counts what a partner’s server does. No label has a name, an id or a value of a request. */
export interface PartnerMetrics {
  readonly operations: OperationMeter;
  readonly statements: StatementMeter;
  /** A request without an acceptable signature of the hub, by the check that failed. */
  refused(reason: string): void;
  /** Links were added to the record of disclosures, or could not be added. */
  disclosed(links: number): void;
  notDisclosed(): void;
  /** Callers were refused restricted fields: types of one response. */
  readsRefused(types: number): void;
  /** A person read restricted data for the first time. */
  readFirst(): void;
  /** How an attempt to send a mail ended: `sent`, `failed` or `rejected`. */
  mailed(outcome: string): void;
  /** Why the end of the record was not handed in. Undefined if it was. */
  headFailure(failure: HeadFailure | undefined): void;
  /** Everything in Prometheus’s text format. */
  read(): Promise<string>;
  readCounts(): Promise<Counts>;
}

/**
 * @param readPool undefined where there is no pool
 * @param measured its certificates, the disk of its database, the hub’s public keys, and the mails
 * that wait
 */
export function createPartnerMetrics(
  readPool: () => PoolState | undefined,
  { readMails, ...measured }: MeasuredServer & { readonly readMails?: ReadMails | undefined } = {},
): PartnerMetrics {
  const registry = new Registry();
  const registers = [registry];
  const operations = measureServer(registry, 'partner', measured);
  watchPool(registry, readPool);
  const refused = new Counter({
    name: 'partner_refused_signatures_total',
    help: 'Requests that were refused because of their signature, by the check that failed.',
    labelNames: ['reason'],
    registers,
  });
  const disclosed = new Counter({
    name: 'partner_disclosures_total',
    help: 'Links that were added to the record of disclosures.',
    registers,
  });
  const notDisclosed = new Counter({
    name: 'partner_disclosure_failures_total',
    help: 'Responses that were withheld because their disclosures could not be recorded.',
    registers,
  });
  const refusedReads = new Counter({
    name: 'partner_refused_reads_total',
    help: 'Types of which a response refused restricted fields to a signed-in caller. The record has one that repeats once a minute.',
    registers,
  });
  const firstReaders = new Counter({
    name: 'partner_first_readers_total',
    help: 'People who read restricted data for the first time, as far as the record goes back.',
    registers,
  });
  const headFailed = new Gauge({
    name: 'partner_head_failure',
    help: '1 if the end of the record was not handed in, because the record or the published heads were rewritten, or the hub refused it.',
    labelNames: ['reason'],
    registers,
  });
  const headFailure = (present: HeadFailure | undefined) => {
    for (const reason of headFailures) headFailed.set({ reason }, Number(reason === present));
  };
  headFailure(undefined);
  const mails = new Counter({
    name: 'partner_mails_total',
    help: 'Attempts to send a mail, by how they ended: sent, failed (it waits), rejected (it is dropped).',
    labelNames: ['outcome'],
    registers,
  });
  if (readMails) watchMails(registry, readMails);
  return {
    operations,
    statements: measureStatements(registry),
    mailed: (outcome) => mails.inc({ outcome }),
    refused: (reason) => refused.inc({ reason }),
    disclosed: (links) => disclosed.inc(links),
    notDisclosed: () => notDisclosed.inc(),
    readsRefused: (types) => refusedReads.inc(types),
    readFirst: () => firstReaders.inc(),
    headFailure,
    read: () => registry.metrics(),
    readCounts: () => registry.getMetricsAsJSON(),
  };
}

function measureStatements(registry: Registry): StatementMeter {
  const seconds = new Timings({
    name: 'partner_database_statement_duration_seconds',
    help: 'Time of a statement of the database, with its wait for a connection or a thread.',
    labelNames: [],
    buckets: [0.0005, ...durationBuckets.filter((bound) => bound <= 5)],
    registry,
  }).of();
  let active = 0;
  new Gauge({
    name: 'partner_database_statements_active',
    help: 'Statements that were handed to the database and have not ended.',
    registers: [registry],
    collect() {
      this.set(active);
    },
  });
  const end = (taken: number): void => {
    active -= 1;
    seconds.observe(taken);
  };
  return {
    begin() {
      active += 1;
      return end;
    },
  };
}

/** The mails that wait, and since when the oldest does. */
type ReadMails = () => Promise<{ readonly count: number; readonly since: string | null }>;

function watchMails(registry: Registry, readMails: ReadMails): void {
  new Gauge({
    name: 'partner_mails_waiting',
    help: 'Mails that wait for the mail server.',
    aggregator: 'max',
    registers: [registry],
    async collect() {
      this.set((await readMails()).count);
    },
  });
  new Gauge({
    name: 'partner_mail_oldest_timestamp_seconds',
    help: 'When the oldest mail that waits was made, in seconds since the epoch. Absent if none waits.',
    aggregator: 'min',
    registers: [registry],
    async collect() {
      this.reset();
      const { since } = await readMails();
      if (since !== null) this.set(Date.parse(since) / 1_000);
    },
  });
}

function watchPool(registry: Registry, readPool: () => PoolState | undefined): void {
  new Gauge({
    name: 'partner_database_connections',
    help: 'Connections to PostgreSQL by state, and waiting: statements that wait for one.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(readPool() ?? {})) this.set({ state }, count);
    },
  });
}
