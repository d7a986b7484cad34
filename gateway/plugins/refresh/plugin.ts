import type { HubPlugin } from '../../hub-plugin.js';

/** Lets partners say that they have published something. */
export const refresh: HubPlugin = {
  name: 'refresh',
  async open(worker) {
    const { network, registry } = worker.config;
    if (!network || !registry) return undefined;
    const { openRefresh } = await import('./register-refresh.js');
    return openRefresh(network, worker);
  },
};
