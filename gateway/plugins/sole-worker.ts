import { openTls } from '@hub/shared/server';
import type { Logger } from '@hub/shared/system';
import { Registry } from 'prom-client';
import type { PluginWorker } from '../hub-plugin.js';
import { noOtherWorkers } from '../process/workers/other-workers.js';
import type { HubConfig } from '../server/settings/hub-config.js';

/** The only worker of a hub, which has no primary. */
export function createSoleWorker(
  config: HubConfig,
  logger: Logger,
): Omit<PluginWorker, 'applications'> {
  const metrics = new Registry();
  return {
    config,
    logger,
    metrics,
    others: noOtherWorkers,
    tls: openTls({}, logger),
    counts: {
      provide: () => undefined,
      collect: async () => [await metrics.getMetricsAsJSON()],
      tellLast: () => Promise.resolve(),
    },
    refresh: () => undefined,
  };
}
