import { HubError } from '@hub/shared/errors';
import type { OperationHooks, ServedContext } from '@hub/shared/graphql';
import type { Reader, Role } from '@hub/shared/identity';

/** The roles that may change anything at all. Each owner decides about its own data. */
const writers: readonly Role[] = ['coordinator', 'liaison'];

/**
 * Rejects mutations of callers who may change nothing, before any request is sent. A mutation that
 * reaches a partner clears its cache for every caller.
 */
export function refuseUnlessWriter(): OperationHooks<ServedContext & { readonly reader: Reader }> {
  return {
    didResolveOperation({ operation, contextValue: { reader } }) {
      if (operation?.operation !== 'mutation') return;
      if (reader.kind === 'person' && writers.includes(reader.role)) return;
      throw new HubError('FORBIDDEN');
    },
  };
}

/** Rejects every mutation. */
export function refuseMutations(): OperationHooks<ServedContext> {
  return {
    didResolveOperation({ operation }) {
      if (operation?.operation !== 'mutation') return;
      throw new HubError('FORBIDDEN', { message: 'This hub is read-only.' });
    },
  };
}
