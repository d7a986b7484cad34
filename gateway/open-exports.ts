import { anonymous } from '@hub/shared/identity';
import type { Logger } from '@hub/shared/telemetry';
import { join } from 'node:path';
import type { Config } from './config.js';
import { readExportContent } from './exports/documents.js';
import { createExports } from './exports/exports.js';
import { createCalendarLinks } from './exports/links/calendar-links.js';
import type { LinkStore } from './exports/links/link-store.js';
import type { ServedExports } from './http/register-exports.js';
import type { ServedLinks } from './http/register-links.js';
import type { Hub } from './hub.js';
import type { HubMetrics } from './metrics/hub-metrics.js';
import { createNoticeStore } from './owner-notices/notice-store.js';
import { writeFeed } from './owner-notices/write-feed.js';
import { openRegistryFiles } from './registry-files/served-graph.js';
import { packageFolder } from './registry/package-folder.js';
import { createConcurrencyLimit } from './security/concurrency-limit.js';
import { createRateLimit } from './security/rate-limit.js';
import { shareOf } from './workers/share-of.js';

/**
 * Places for exports of one caller, and of all: files that are made at a time, and files that wait
 * to be sent.
 */
const exportPlaces = {
  making: { perReader: 2, total: 20, forPeople: 5 },
  unsent: { perReader: 6, total: 60, forPeople: 20 },
} as const;

export function openExports(
  hub: Hub,
  config: Config,
  { logger, metrics }: { readonly logger: Logger; readonly metrics?: HubMetrics },
): ServedExports {
  const { network } = config;
  const openPlaces = ({
    perReader,
    total,
    forPeople,
  }: (typeof exportPlaces)['making' | 'unsent']) => {
    const own = shareOf(total, config);
    const kept = Math.min(shareOf(forPeople, config), own - 1);
    return createConcurrencyLimit({ perReader, total: own, forPeople: kept }).enter;
  };
  const content = network && readExportContent(join(packageFolder, 'exports', 'documents'));
  return createExports({
    hub,
    logger,
    content,
    enter: openPlaces(exportPlaces.making),
    hold: openPlaces(exportPlaces.unsent),
    onEnd: metrics?.exported,
  });
}

/** How often one address may try keys of links: a second, and at once after a pause. */
const linkRate = { perSecond: 5, burst: 100 } as const;

export const linksFile = 'calendar-links.sqlite';

/** Links to calendars, for the people of a network. A foreign supergraph has no visits. */
export function openLinks(
  hub: Hub,
  exports: ServedExports,
  store: LinkStore,
  { network, dataDir, ownerNotices }: Config,
  logger: Logger,
): ServedLinks | undefined {
  if (!network) return undefined;
  const notices = createNoticeStore(openRegistryFiles(dataDir).noticesFile);
  const tries = createRateLimit(linkRate);
  return createCalendarLinks({
    hub,
    exports,
    store,
    logger,
    isMember: (organisation) => network.partners.some(({ code }) => code === organisation),
    writeFeed: ownerNotices ? (code) => writeFeed(code, notices.read()) : undefined,
    countTry: (address) => tries.count(anonymous, address),
  });
}
