import { Counter, Gauge, type Registry } from '@hub/shared/server';
import type { NoticeMeter } from './change-notices.js';

/** Counts notices of changes: what partners send, and what clients are told. */
export function createNoticeMeter(
  registry: Registry,
  /** Each partner, and whether it sends its changes. */
  listFeeds: () => readonly (readonly [string, boolean])[],
): NoticeMeter {
  const registers = [registry];
  const streams = new Gauge({
    name: 'hub_change_streams',
    help: 'Open streams of notices of changes.',
    registers,
  });
  const received = new Counter({
    name: 'hub_changes_received_total',
    help: 'Changes that partners have told this hub.',
    labelNames: ['partner'],
    registers,
  });
  const sent = new Counter({
    name: 'hub_change_notices_total',
    help: 'Messages to clients about changes: a change, or that the client missed some.',
    labelNames: ['what'],
    registers,
  });
  new Gauge({
    name: 'hub_partner_feeds_changes',
    help: 'Number of workers that get the changes of the partner.',
    labelNames: ['partner'],
    registers,
    collect() {
      for (const [partner, isFed] of listFeeds()) this.set({ partner }, isFed ? 1 : 0);
    },
  });
  return {
    received(partner, count) {
      if (count > 0) received.inc({ partner }, count);
    },
    sent: (what) => sent.inc({ what }),
    streams: (change) => streams.inc(change),
  };
}
