import { anonymous } from '@hub/shared/identity';
import { Timings } from '@hub/shared/server';
import { join } from 'node:path';
import type { Registry } from 'prom-client';
import type { Capability, PluginWorker } from '../../hub-plugin.js';
import { shareOf } from '../../process/workers/share-of.js';
import { createConcurrencyLimit } from '../../server/security/operation-slots.js';
import { createRateLimit } from '../../server/security/rate-limit.js';
import { readExportContent } from './documents.js';
import { createExports } from './exports.js';
import { createCalendarLinks } from './links/calendar-links.js';
import { createLinkStore } from './links/link-store.js';
import { registerLinks } from './links/register-links.js';
import { registerExports } from './register-exports.js';

/**
 * Places for exports of one caller, and of all: files that are made at a time, and files that wait
 * to be sent.
 */
const exportPlaces = {
  making: { perReader: 2, total: 20, forPeople: 5 },
  unsent: { perReader: 6, total: 60, forPeople: 20 },
} as const;

/** How often one address may try keys of links: a second, and at once after a pause. */
const linkRate = { perSecond: 5, burst: 100 } as const;

const linksFile = 'calendar-links.sqlite';

/** The extensions of files that exist. A client may ask for any. */
const extensions: ReadonlySet<string> = new Set([
  'atom',
  'csv',
  'geojson',
  'graphml',
  'html',
  'ics',
  'json',
]);

/** Counts exports that were made, or were refused. */
export function measureExports(registry: Registry) {
  const exported = new Timings({
    name: 'hub_export_duration_seconds',
    help: 'Time until a file is ready to be sent, by extension and outcome.',
    labelNames: ['extension', 'outcome'],
    buckets: [0.01, 0.05, 0.25, 1, 5, 30, 120, 300],
    registry,
  });
  return (extension: string, isMade: boolean, seconds: number) =>
    exported
      .of(extensions.has(extension) ? extension : 'other', isMade ? 'made' : 'refused')
      .observe(seconds);
}

/** Exports, and for a network links to calendars. A foreign supergraph has no visits. */
export function openExports(
  { config, logger, metrics }: PluginWorker,
  documentsFolder: string,
): Capability {
  const { network, dataDir } = config;
  const openPlaces = (places: (typeof exportPlaces)['making' | 'unsent']) => {
    const total = shareOf(places.total, config);
    const forPeople = Math.min(shareOf(places.forPeople, config), total - 1);
    return createConcurrencyLimit({ perReader: places.perReader, total, forPeople }).enter;
  };
  const store = network && createLinkStore(join(dataDir, linksFile));
  const tries = createRateLimit(linkRate);
  const onEnd = measureExports(metrics);
  return {
    async serve({ http, writeFeed }, hub) {
      const exports = createExports({
        hub,
        logger,
        content: network && readExportContent(documentsFolder),
        enter: openPlaces(exportPlaces.making),
        hold: openPlaces(exportPlaces.unsent),
        onEnd,
      });
      registerExports(http, exports);
      if (!store) return;
      const links = createCalendarLinks({
        hub,
        exports,
        store,
        logger,
        isMember: (organisation) => network.partners.some(({ code }) => code === organisation),
        writeFeed,
        countTry: (address) => tries.count(anonymous, address),
      });
      registerLinks(http, links);
    },
    forget: async (person) => {
      if ('subject' in person) await store?.revokeAll(person);
    },
    [Symbol.asyncDispose]: async () => store?.[Symbol.asyncDispose](),
  };
}
