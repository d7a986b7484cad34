import { type ClientSignal, ClientWatch } from '@hub/shared/graphql';
import { anonymous } from '@hub/shared/identity';
import type { PartnerCall } from './partner-port.js';

/** The lightest query. A partner that can respond at all responds to this at once. */
export const lightestCall = (
  requestId: string,
  signal: ClientSignal = new ClientWatch(),
): PartnerCall => ({
  query: '{ __typename }',
  variables: {},
  operationName: undefined,
  body: '{"query":"{ __typename }"}',
  isRepeatable: true,
  requestId,
  reader: anonymous,
  signal,
  deadline: Infinity,
  readsClock: true,
});
