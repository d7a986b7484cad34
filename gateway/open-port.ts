import {
  createCachedPort,
  type CachedPort,
  type CachedPortOptions,
} from './partners/cache/cached-port.js';
import type { ResponseCache } from './partners/cache/response-cache.js';
import type { CallClock } from './partners/call-timer.js';
import {
  createPartnerClient,
  type PartnerClient,
  type PartnerClientOptions,
  type PartnerSettings,
  type SignRequest,
} from './partners/partner-client.js';

/** A partner behind a cache and in-flight deduplication. */
export interface OpenPort extends CachedPort, Pick<PartnerClient, 'isSilent' | 'readLoad'> {}

interface OpenPortOptions
  extends
    Pick<CachedPortOptions, 'maxAgeOf' | 'onWrite' | 'lastGood'>,
    Pick<PartnerClientOptions, 'onResponseTime' | 'connect'> {
  readonly clock: CallClock;
}

/**
 * Opens one partner over HTTP, behind a cache. A connection that the partner ends clears the cache.
 */
export function openPort(
  settings: PartnerSettings,
  cache: ResponseCache,
  { clock, connect, onResponseTime, ...sharing }: OpenPortOptions,
  sign?: SignRequest,
): OpenPort {
  const client = createPartnerClient(settings, sign, {
    onDisconnect: () => port.invalidate(),
    ...(onResponseTime && { onResponseTime }),
    connect,
    clock,
  });
  const port = createCachedPort(client, {
    ...sharing,
    deadlineMs: settings.deadlineMs,
    cache: cache.openPartner(),
  });
  return { ...port, isSilent: client.isSilent, readLoad: client.readLoad };
}
