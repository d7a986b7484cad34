import type { HubPlugin } from '../../hub-plugin.js';

/** Passes on the links and cookies by which participants sign in. Their organisations check them. */
export const participants: HubPlugin = {
  name: 'participants',
  async open(worker) {
    const { network } = worker.config;
    if (!network) return undefined;
    const { openParticipants } = await import('./open-participants.js');
    return openParticipants(network, worker);
  },
};
