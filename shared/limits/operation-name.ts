import { HubError } from '../errors/index.js';

/** Each partner that responds writes the name of the operation into its disclosure record. */
export const longestOperationName = 255;

/**
 * Holds the name of an operation to its longest length, in the document and beside it.
 * @throws HubError `BAD_REQUEST`
 */
export function checkOperationName(name: string | undefined): void {
  if (name === undefined || name.length <= longestOperationName) return;
  const message = `The name of an operation may have at most ${longestOperationName} characters.`;
  throw new HubError('BAD_REQUEST', { message });
}
