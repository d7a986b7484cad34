import { HubError } from '../../errors/hub-error.js';

/** Each partner stores the name of the operation in its disclosure record. */
export const longestOperationName = 255;

/**
 * Checks the length of an operation’s name, in the document and in the request.
 * @throws HubError `BAD_REQUEST`
 */
export function checkOperationName(name: string | undefined): void {
  if (name === undefined || name.length <= longestOperationName) return;
  const message = `The name of an operation must have at most ${longestOperationName} characters.`;
  throw new HubError('BAD_REQUEST', { message });
}
