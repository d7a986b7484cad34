import { anonymous } from '@hub/shared/identity';
import type { PartnerCall } from './partner-port.js';

/** A question that a partner is asked in a test: a reading, of nobody in particular, that has all the time there is. */
export function callOf(call: Partial<Omit<PartnerCall, 'body'>> = {}): PartnerCall {
  const { query = '{ x }', variables = {}, operationName } = call;
  return {
    query,
    variables,
    operationName,
    body: JSON.stringify({ query, variables, operationName }),
    isRepeatable: true,
    requestId: 'request-1',
    reader: anonymous,
    signal: new AbortController().signal,
    deadline: Infinity,
    ...call,
  };
}
