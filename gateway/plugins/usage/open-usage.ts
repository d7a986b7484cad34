import { join } from 'node:path';
import type { Capability, PluginWorker } from '../../hub-plugin.js';
import { createUsageStore, usageFile } from '../../registry/usage/usage-store.js';
import { UsageCounter } from './count-usage.js';
import { warmPlans } from './warm-plans.js';

export function openUsage(
  worker: Pick<PluginWorker, 'config' | 'logger' | 'others' | 'applications'>,
): Capability {
  const store = createUsageStore(join(worker.config.dataDir, usageFile));
  return countUsage(new UsageCounter({ store, logger: worker.logger }), worker);
}

/** Counts what clients use, and plans what they use most before they come. */
export const countUsage = (
  counter: UsageCounter,
  {
    applications: trusted,
    others,
    logger,
  }: Pick<PluginWorker, 'applications' | 'logger' | 'others'>,
): Capability => ({
  hooks: counter.hooks,
  usage: counter.store,
  serve: async (_server, hub) => ({
    join: () => warmPlans(hub, { usage: counter, trusted, others, logger }),
  }),
  [Symbol.asyncDispose]: () => counter[Symbol.asyncDispose](),
});
