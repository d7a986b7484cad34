import { z } from 'zod';
import type { HubPlugin } from '../../hub-plugin.js';
import { described } from '../../server/settings/hub-variables.js';

const settings = {
  HUB_ENGINE_KEY: described(
    z.string().min(32, 'must have at least 32 characters').optional(),
    'a secret of 32 characters or more: [another engine](other-engines.md) that sends it may ask each subgraph below `/subgraphs`; not together with `HUB_TRUSTED_DOCUMENTS`',
    'none (`--supergraph`: never)',
  ),
};

/** Lets other engines that have the operator’s key ask each subgraph. */
export const otherEngines: HubPlugin<typeof settings> = {
  name: 'other-engines',
  settings,
  findFaults: ({ HUB_ENGINE_KEY: key, HUB_TRUSTED_DOCUMENTS: trusted }) =>
    key && trusted
      ? ['HUB_ENGINE_KEY: other engines send texts, which HUB_TRUSTED_DOCUMENTS may refuse.']
      : [],
  async open({ config: { network, introspection } }, { HUB_ENGINE_KEY: key }) {
    if (!network || key === undefined) return undefined;
    const { serveSubgraphs } = await import('./serve-subgraphs.js');
    return serveSubgraphs(key, introspection);
  },
};
