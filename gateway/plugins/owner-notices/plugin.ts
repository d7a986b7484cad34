import type { HubPlugin } from '../../hub-plugin.js';
import { described, flag } from '../../server/settings/hub-variables.js';

const settings = {
  HUB_OWNER_NOTICES: described(
    flag.default(false),
    'whether the hub [notifies owners](notices-for-owners.md) of a quarantine, a proposed contract, a release that uses their fields and overdue tasks: each at the address in its manifest, and by a feed',
    '`false` (without a registry: never)',
  ),
};

/** Notifies owners of what concerns their schema and fields: a request to their address, and a feed. */
export const ownerNotices: HubPlugin<typeof settings> = {
  name: 'owner-notices',
  settings,
  async open({ config: { registry, dataDir } }, { HUB_OWNER_NOTICES: isWanted }) {
    // They are made of what the registry’s process does.
    if (!isWanted || !registry) return undefined;
    const { openRegistryFiles } = await import('../../registry/files/served-graph.js');
    const { createNoticeStore } = await import('./notice-store.js');
    const { writeFeed } = await import('./write-feed.js');
    const store = createNoticeStore(openRegistryFiles(dataDir).noticesFile);
    return { writeFeed: (code) => writeFeed(code, store.read()) };
  },
  async openInRegistry(process, { HUB_OWNER_NOTICES: isWanted }) {
    if (!isWanted) return undefined;
    const { sendNotices } = await import('./send-notices.js');
    return sendNotices(process);
  },
};
