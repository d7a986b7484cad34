import type { PartnerError, PartnerResult } from '../partners/read-response.js';
import type { ReducedDocument } from './reduce-document.js';

/** Adds what was left out of a request to its response: nulls, and an error for each. */
export function addLacking(
  { data, errors }: PartnerResult,
  { refill }: ReducedDocument,
): PartnerResult {
  const filled = refill(data);
  const lacking = filled.paths.map((path): PartnerError => ({
    // A null in place of the whole response has no path.
    path: path.length > 0 ? path : undefined,
    refusal: undefined,
    isUndecided: false,
    missing: undefined,
    extensions: {},
    isLacking: true,
  }));
  return { data: filled.data, errors: [...errors, ...lacking] };
}
