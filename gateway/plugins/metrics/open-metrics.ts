import { registerMetrics } from '@hub/shared/server';
import { Gauge, type Registry } from 'prom-client';
import type { OpenPort } from '../../fan-out/partners/cache/open-port.js';
import type { Capability, Hub, PluginWorker } from '../../hub-plugin.js';
import { createDisclosureHeads } from '../../registry/disclosure-heads.js';
import { createHubDisk } from '../../registry/files/hub-disk.js';
import { createNetworkKeys } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { createHubMeter, writeMetrics } from './hub-metrics.js';
import type { WatchedTrust } from './trust-metrics.js';

interface WatchedHub extends Pick<Hub, 'readOperations' | 'statusOf'> {
  readonly ports: ReadonlyMap<string, Pick<OpenPort, 'readLoad'>>;
}

const statuses = ['ANSWERING', 'DEGRADED', 'UNAVAILABLE', 'MAINTENANCE', 'QUARANTINED'] as const;

/** Reads queues and statuses of the hub, whenever somebody reads the metrics. */
export function watchQueues(registry: Registry, hub: WatchedHub): void {
  const registers = [registry];
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    set: (gauge: Gauge<Label>) => void,
  ) =>
    new Gauge<Label>({
      name,
      help,
      labelNames,
      registers,
      collect() {
        set(this);
      },
    });
  const operations = (part: 'active' | 'waiting') => (queue: Gauge<'of'>) => {
    for (const [of, counts] of Object.entries(hub.readOperations()))
      queue.set({ of }, counts[part]);
  };
  const ofClients = 'of people and of partners’ own servers.';
  gauge(
    'hub_operations_active',
    `Operations in progress, ${ofClients}`,
    ['of'],
    operations('active'),
  );
  gauge(
    'hub_operations_waiting',
    `Operations that wait, ${ofClients}`,
    ['of'],
    operations('waiting'),
  );
  const calls = (part: 'active' | 'waiting') => (queue: Gauge<'partner'>) => {
    for (const [partner, port] of hub.ports) queue.set({ partner }, port.readLoad()[part]);
  };
  gauge('hub_partner_calls_active', 'Calls in progress.', ['partner'], calls('active'));
  gauge('hub_partner_calls_waiting', 'Calls that wait.', ['partner'], calls('waiting'));
  gauge(
    'hub_partner_status',
    'Number of workers that see the partner in this status.',
    ['partner', 'status'],
    (seen) => {
      for (const partner of hub.ports.keys()) {
        const present = hub.statusOf?.(partner);
        if (present === undefined) continue;
        for (const status of statuses) seen.set({ partner, status }, present === status ? 1 : 0);
      }
    },
  );
}

/** Measures this worker, and serves what all workers have counted. */
export function openMetrics(
  { config, tls, metrics, counts }: Pick<PluginWorker, 'config' | 'tls' | 'metrics' | 'counts'>,
  readers: readonly string[],
): Capability {
  const { network, dataDir } = config;
  const trust = network && watchPartners(network, dataDir);
  const meter = createHubMeter(metrics, tls.certificates, createHubDisk(dataDir), trust);
  counts.provide(() => metrics.getMetricsAsJSON());
  return {
    meter,
    async serve({ http }, hub) {
      watchQueues(metrics, hub);
      const read = async () => writeMetrics(await counts.collect());
      registerMetrics(http, { readers, read }, hub.countProbe);
    },
    [Symbol.asyncDispose]: counts.tellLast,
  };
}

/** What metrics show of the partners’ keys and records. */
function watchPartners(network: Network, dataDir: string): WatchedTrust {
  const keys = createNetworkKeys(dataDir, network);
  const heads = createDisclosureHeads(dataDir);
  return {
    async readKeys() {
      const all = network.partners.map(async ({ code }) => [
        code,
        [...(await keys.signingKeysOf(code)), ...(await keys.agreementKeysOf(code))],
      ]);
      return Object.fromEntries(await Promise.all(all));
    },
    async readRecords() {
      // A file that cannot be read is logged by the watch.
      const known = await heads.read().catch((): Awaited<ReturnType<typeof heads.read>> => ({}));
      const all = network.partners.map(({ code }) => [code, known[code]?.fault !== undefined]);
      return Object.fromEntries(all);
    },
  };
}
