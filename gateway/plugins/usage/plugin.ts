import type { HubPlugin } from '../../hub-plugin.js';
import { described, flag } from '../../server/settings/hub-variables.js';

const settings = {
  HUB_USAGE: described(
    flag.default(true),
    'whether the hub counts which elements of the graph clients use, for 90 days, without values and people',
    '`true` (`--supergraph`: never)',
  ),
};

/** Counts which elements of the graph clients use, in a file that all workers share. */
export const usage: HubPlugin<typeof settings> = {
  name: 'usage',
  settings,
  async open(worker, { HUB_USAGE: isWanted }) {
    // Nobody owns the elements of a foreign supergraph.
    if (!isWanted || !worker.config.network) return undefined;
    const { openUsage } = await import('./open-usage.js');
    return openUsage(worker);
  },
};
