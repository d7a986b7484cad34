import { z } from 'zod';
import type { Capability, HubPlugin } from '../../hub-plugin.js';
import { locate } from '../../registry/package-folder.js';
import { described } from '../../server/settings/hub-variables.js';
import { type SharedState, followSharedState } from './shared-state.js';

/** Caches no longer than other hubs are heard. */
export const obeySharedState = ({
  readLongestAge,
  findWarning,
  listen,
}: SharedState): Capability => ({
  readLongestAge,
  warnings: { sharedState: findWarning },
  serve: async (_server, { ports }) => listen(() => ports.forEach((port) => port.invalidate())),
});

const settings = {
  HUB_SHARED_STATE: described(
    z.url({ protocol: /^rediss?$/ }).optional(),
    '`redis://` or `rediss://`: the Valkey or Redis by which [several hubs](several-hubs.md) share rates, writes and changes',
    'none: this hub is the only one (`--supergraph`: never)',
  ),
  HUB_SHARED_STATE_PASSWORD_FILE: described(
    z.string().optional(),
    'the file of its password, if the URL has none',
    'none',
  ),
};

/** Shares rates, writes and changes with other hubs of the network, by a store. */
export const sharedState: HubPlugin<typeof settings> = {
  name: 'shared-state',
  settings,
  findFaults({ HUB_SHARED_STATE: url, HUB_SHARED_STATE_PASSWORD_FILE: file }) {
    const fault = (message: string) => [
      `The environment is invalid:\n  HUB_SHARED_STATE_PASSWORD_FILE: ${message}`,
    ];
    if (file === undefined) return [];
    if (url === undefined) return fault('needs HUB_SHARED_STATE');
    if (!new URL(url).password) return [];
    return fault('and HUB_SHARED_STATE both have a password. Remove one');
  },
  async open({ config: { network }, others }, { HUB_SHARED_STATE: url }) {
    // Hubs of a foreign supergraph have no key in common.
    if (!network || url === undefined) return undefined;
    return obeySharedState(followSharedState(others));
  },
  async openInPrimary(process, settings) {
    const { HUB_SHARED_STATE: url, HUB_SHARED_STATE_PASSWORD_FILE: file } = settings;
    if (!process.config.network || url === undefined) return undefined;
    const { openSharedState } = await import('./open-shared-state.js');
    return openSharedState({ url, passwordFile: file && locate(file) }, process);
  },
};
