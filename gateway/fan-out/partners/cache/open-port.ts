import type { CallClock } from '../call-timer.js';
import {
  createPartnerClient,
  type PartnerClient,
  type PartnerClientOptions,
  type PartnerSettings,
  type SignRequest,
} from '../partner-client.js';
import type { PartnerPort } from '../partner-port.js';
import { createCachedPort, type CachedPort, type CachedPortOptions } from './cached-port.js';
import type { ResponseCache } from './response-cache.js';

/** A partner behind a cache and in-flight deduplication. */
export interface OpenPort extends CachedPort, Omit<PartnerClient, keyof PartnerPort> {}

interface OpenPortOptions
  extends
    Pick<CachedPortOptions, 'maxAgeOf' | 'onWrite' | 'lastGood' | 'joinDocuments'>,
    Pick<PartnerClientOptions, 'onResponseTime' | 'onHung' | 'connect'> {
  readonly clock: CallClock;
}

/**
 * Opens one partner over HTTP, behind a cache. A connection that the partner ends clears the cache.
 */
export function openPort(
  settings: PartnerSettings,
  cache: ResponseCache,
  { clock, connect, onResponseTime, onHung, ...sharing }: OpenPortOptions,
  sign?: SignRequest,
): OpenPort {
  const client = createPartnerClient(settings, sign, {
    onDisconnect: () => port.invalidate(),
    ...(onResponseTime && { onResponseTime }),
    ...(onHung && { onHung }),
    connect,
    clock,
  });
  const port = createCachedPort(client, {
    ...sharing,
    deadlineMs: settings.deadlineMs,
    cache: cache.openPartner(),
  });
  const { isSilent, isHung, believeHung, readLoad } = client;
  return { ...port, isSilent, isHung, believeHung, readLoad };
}
