import type { DocumentNode } from 'graphql';
import type { OperationHooks } from '../../graphql/operations/operation-hooks.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { readOwnMaxAge } from '../../policy/max-age.js';
import type { Policies } from '../../policy/type-policy.js';

/**
 * Sets how long a response for everybody may be cached: `Cache-Control: public, max-age=…`. A
 * response with an error, with recorded reads, or to a mutation may not be cached. This hook comes
 * after those that may still refuse.
 */
export function setCacheControl(policies: Policies): OperationHooks<PartnerContext> {
  const known = new WeakMap<DocumentNode, number>();
  return {
    willSendResponse({ response, document, schema, contextValue: { disclosures } }) {
      const { body, http } = response;
      if (!document || body.kind !== 'single') return;
      const { data, errors } = body.singleResult;
      if (!data || errors?.length || disclosures.readings.length > 0) return;
      let seconds = known.get(document);
      if (seconds === undefined) {
        seconds = readOwnMaxAge(schema, policies, document);
        known.set(document, seconds);
      }
      if (seconds > 0) http.headers.set('cache-control', `public, max-age=${seconds}`);
    },
  };
}
