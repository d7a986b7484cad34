import type { FormattedExecutionResult } from 'graphql';
import { catalogue, isErrorCode } from '../../../errors/catalogue.js';

/**
 * How an operation ended: with all its data, with data and errors, refused because of its caller,
 * or failed.
 */
export type OperationOutcome = 'complete' | 'partial' | 'refused' | 'failed';

/** Counts the operations of a path. */
export interface OperationMeter {
  /** @param seconds from its context to its response */
  ended(outcome: OperationOutcome, seconds: number): void;
  /**
   * A request got no data, with this code of the catalogue: also a request that was refused before
   * its operation was known.
   */
  refused(code: string): void;
}

/** Only codes of the catalogue are counted by name: their number is bounded. */
const otherCode = 'OTHER';

/** How the operation of a result ended. */
export function outcomeOf({ data, errors }: FormattedExecutionResult): OperationOutcome {
  if (!errors?.length) return 'complete';
  if (data !== undefined) return 'partial';
  const code = errors[0]?.extensions?.code;
  return isErrorCode(code) && catalogue[code].status < 500 ? 'refused' : 'failed';
}

/** Counts a result. */
export function measureResult(
  meter: OperationMeter,
  result: FormattedExecutionResult,
  startedAt: number,
): void {
  meter.ended(outcomeOf(result), (performance.now() - startedAt) / 1_000);
  if (result.data !== undefined || !result.errors?.length) return;
  const code = result.errors[0]?.extensions?.code;
  meter.refused(isErrorCode(code) ? code : otherCode);
}
