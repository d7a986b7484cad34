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

/** The most operations of a refused batch that get an error each. More get one error together. */
const mostInBatch = 100;

/** The refusal of several operations in one request. Clients expect a result for each. */
export class RefusedBatch extends Refusal {
  /** How many results the response has, in a list. Undefined for one result and no list. */
  readonly count: number | undefined;

  constructor(operations: number) {
    const message = 'A request must have one operation. Batches are not supported.';
    super('BAD_REQUEST', 400, { message });
    this.name = 'RefusedBatch';
    this.count = operations > 0 && operations <= mostInBatch ? operations : undefined;
  }
}
