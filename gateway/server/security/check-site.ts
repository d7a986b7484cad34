import { Refusal } from '@hub/shared/errors';
import type { FastifyRequest } from 'fastify';

/** Of a request: what says which site’s page sends it. */
export type SentRequest = Pick<FastifyRequest, 'headers' | 'host'>;

/** Whether one of the hub’s own pages sends a request. Browsers say which site’s page it is. */
export function isOwnPage({ headers, host }: SentRequest): boolean {
  const { 'sec-fetch-site': site, origin } = headers;
  if (site !== undefined) return site === 'same-origin';
  // A browser without the header, or no browser at all.
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/**
 * Refuses a request that another site’s page sends.
 * @throws Refusal `FORBIDDEN`
 */
export function checkSite(request: SentRequest): void {
  if (isOwnPage(request)) return;
  throw new Refusal('FORBIDDEN', 403, { message: 'Only the hub’s own pages may sign in.' });
}
