import { catalogue, type ErrorCode } from './catalogue.js';
import { HubError, type HubErrorDetails } from './hub-error.js';

/** A request that is refused before GraphQL, with a more specific status than its code’s own. */
export class Refusal extends HubError {
  constructor(
    code: ErrorCode,
    readonly status: number = catalogue[code].status,
    details: HubErrorDetails = {},
  ) {
    super(code, details);
    this.name = 'Refusal';
  }
}

/** The refusal of a malformed request. */
export function malformed(message: string): Refusal {
  return new Refusal('BAD_REQUEST', 400, { message });
}
