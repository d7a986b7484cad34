import type { Capability } from '../../hub-plugin.js';
import type { SharedState } from './shared-state.js';

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
