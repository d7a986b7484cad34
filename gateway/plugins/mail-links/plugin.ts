import type { HubPlugin } from '../../hub-plugin.js';

/** Serves the links of partners’ mails by which people end them, and passes on what they decide. */
export const mailLinks: HubPlugin = {
  name: 'mail-links',
  async open(worker) {
    const { network } = worker.config;
    if (!network) return undefined;
    const { openMailLinks } = await import('./open-mail-links.js');
    return openMailLinks(network, worker);
  },
};
