import type { Variables } from '../routing/fetch.js';
import type { OperationRecord } from '../routing/operation-record.js';
import type { Row } from './tree.js';

/** One run of a compiled operation. All that belongs to its request is here, and nothing of it in what is compiled. */
export interface Run {
  readonly operation: OperationRecord;
  /** With their defaults. */
  readonly variables: Variables;
  /** What the fetches brought. */
  readonly tree: Row;
  /** What nobody expected. What partners leave out or refuse is in the operation’s record. */
  readonly errors: unknown[];
}

/** One step of a plan. It does not throw: what goes wrong is written down, and the other steps go on. */
export type Step = (run: Run) => Promise<void>;
