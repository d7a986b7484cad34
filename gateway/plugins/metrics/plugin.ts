import { metricsReaders } from '@hub/shared/system';
import type { HubPlugin } from '../../hub-plugin.js';
import { described } from '../../server/settings/hub-variables.js';

const settings = {
  HUB_METRICS: described(
    metricsReaders,
    'addresses or networks that may read [`/metrics`](logs-metrics-traces.md#metrics), separated by commas; or `off`',
    'this machine: `127.0.0.1,::1`',
  ),
};

/** Counts what the hub does, for Prometheus. */
export const metrics: HubPlugin<typeof settings> = {
  name: 'metrics',
  settings,
  async open(worker, { HUB_METRICS: readers }) {
    if (readers.length === 0) return undefined;
    const { openMetrics } = await import('./open-metrics.js');
    return openMetrics(worker, readers);
  },
};
