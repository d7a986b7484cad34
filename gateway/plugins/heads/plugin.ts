import type { HubPlugin } from '../../hub-plugin.js';

/** Publishes the heads of the partners’ records, and looks whether their records go on from them. */
export const heads: HubPlugin = {
  name: 'heads',
  async open(worker) {
    const { network } = worker.config;
    if (!network) return undefined;
    const { openHeads } = await import('./open-heads.js');
    return openHeads(network, worker);
  },
  async openInRegistry(process) {
    const { publishOwnHead } = await import('./open-heads.js');
    return publishOwnHead(process);
  },
};
