import { z } from 'zod';
import type { HubPlugin } from '../../hub-plugin.js';
import { described } from '../../server/settings/hub-variables.js';

const count = z.coerce.number().int();
const settings = {
  HUB_CHANGE_STREAMS: described(
    count.min(0).max(100_000).default(500),
    '[streams of changes](follow-changes.md) at a time; 0 turns them off',
    '500',
  ),
  HUB_CHANGE_STREAMS_PER_CLIENT: described(
    count.min(1).default(5),
    'streams of changes of one person, or of one address without a token, in each worker',
    '5',
  ),
  HUB_CHANGE_STREAM_SECONDS: described(
    count.min(10).max(86_400).default(1_800),
    'the longest time of a stream of changes; its client then connects again',
    '1800',
  ),
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
