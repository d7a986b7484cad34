import { Counter, type Counts, Gauge, Registry } from '@hub/shared/server';
import type { SharedStateMeter } from './bridge.js';

/** Counts what hubs send each other, in the process that is connected to the store. */
export function createSharedStateMeter(): {
  readonly meter: SharedStateMeter;
  readonly readCounts: () => Promise<Counts>;
} {
  const registry = new Registry();
  const registers = [registry];
  const unavailable = new Gauge({
    name: 'hub_shared_state_unavailable',
    help: '1 while this hub cannot tell other hubs anything, and counts alone.',
    registers,
  });
  const hubs = new Gauge({
    name: 'hub_shared_state_hubs',
    help: 'Other hubs that this hub hears.',
    registers,
  });
  const messages = new Counter({
    name: 'hub_shared_state_messages_total',
    help: 'Messages between hubs: sent, received, refused or lost.',
    labelNames: ['result'],
    registers,
  });
  return {
    meter: {
      unavailable: (isUnavailable) => unavailable.set(isUnavailable ? 1 : 0),
      hubs: (count) => hubs.set(count),
      message: (result) => messages.inc({ result }),
    },
    readCounts: () => registry.getMetricsAsJSON(),
  };
}
