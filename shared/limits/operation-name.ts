import { HubError } from '../errors/index.js';

/** Every partner that is asked writes the name of the operation into its record. */
const longestOperationName = 255;

/**
 * Holds the name of an operation to its longest length, in the document and beside it.
 * @throws HubError `BAD_REQUEST`
 */
export function checkOperationName(name: string | undefined): void {
  if (name === undefined || name.length <= longestOperationName) return;
  const message = `The name of an operation may have at most ${longestOperationName} characters.`;
  throw new HubError('BAD_REQUEST', { message });
}
