import { anonymous } from '@hub/shared/identity';
import type { PartnerCall } from './partner-port.js';

/** A question that a partner is asked in a test: a reading, of nobody in particular, that has all the time there is. */
export const callOf = (call: Partial<PartnerCall> = {}): PartnerCall => ({
  query: '{ x }',
  variables: {},
  operationName: undefined,
  isRepeatable: true,
  requestId: 'request-1',
  reader: anonymous,
  signal: new AbortController().signal,
  deadline: Infinity,
  ...call,
});
