import { anonymous } from '@hub/shared/identity';
import type { PartnerCall } from './partner-port.js';

/** For tests: a query of an anonymous caller without a deadline. */
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
