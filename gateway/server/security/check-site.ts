import { Refusal } from '@hub/shared/errors';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Refuses a request that another site’s page sends. Browsers say which site’s page it is.
 * @throws Refusal `FORBIDDEN`
 */
export function checkSite({ 'sec-fetch-site': site }: IncomingHttpHeaders): void {
  if (site === undefined || site === 'same-origin') return;
  throw new Refusal('FORBIDDEN', 403, { message: 'Only the hub’s own pages may sign in.' });
}
