import { z } from 'zod';
import type { HubPlugin } from '../../hub-plugin.js';

const count = z.coerce.number().int();
const settings = {
  HUB_CHANGE_STREAMS: count.min(0).max(100_000).default(500),
  HUB_CHANGE_STREAMS_PER_CLIENT: count.min(1).default(5),
  HUB_CHANGE_STREAM_SECONDS: count.min(10).max(86_400).default(1_800),
};

/** Notices of changes: subscriptions. They come from partners and go to clients. */
export const notices: HubPlugin<typeof settings> = {
  name: 'notices',
  settings,
  async open(worker, settings) {
    const { network } = worker.config;
    if (!network || settings.HUB_CHANGE_STREAMS === 0) return undefined;
    const { openNotices } = await import('./open-notices.js');
    return openNotices(network, worker, {
      total: settings.HUB_CHANGE_STREAMS,
      perReader: settings.HUB_CHANGE_STREAMS_PER_CLIENT,
      seconds: settings.HUB_CHANGE_STREAM_SECONDS,
    });
  },
};
