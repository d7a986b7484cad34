import { metricsReaders } from '@hub/shared/system';
import type { HubPlugin } from '../../hub-plugin.js';

const settings = { HUB_METRICS: metricsReaders };

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
