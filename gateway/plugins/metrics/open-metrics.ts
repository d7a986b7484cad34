import { registerMetrics } from '@hub/shared/server';
import type { Capability, PluginWorker } from '../../hub-plugin.js';
import { createDisclosureHeads } from '../../registry/disclosure-heads.js';
import { createHubDisk } from '../../registry/files/hub-disk.js';
import { createNetworkKeys } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { createHubMeter, writeMetrics } from './hub-metrics.js';
import { watchQueues } from './queue-metrics.js';
import type { WatchedTrust } from './trust-metrics.js';

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
