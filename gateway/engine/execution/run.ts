import type { Variables } from '../../fan-out/fetch.js';
import type { OperationRecord } from '../../fan-out/operation-record.js';
import type { Row } from './tree.js';

/**
 * One run of a compiled operation. Everything about its request is here, and not in the compiled
 * code.
 */
export interface Run {
  readonly operation: OperationRecord;
  /** With their default values. */
  readonly variables: Variables;
  /** The results of the fetches. */
  readonly tree: Row;
  /** Unexpected errors. What partners leave out or refuse is in the operation’s record. */
  readonly errors: unknown[];
}

/**
 * One step of a plan. It does not throw: it records what goes wrong, and the other steps continue.
 */
export type Step = (run: Run) => Promise<void>;
