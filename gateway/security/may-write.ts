import { HubError } from '@hub/shared/errors';
import type { OperationHooks, ServedContext } from '@hub/shared/graphql';
import type { Reader, Role } from '@hub/shared/identity';

/** Who may change anything at all. Whose data they may change is decided by its owner. */
const writers: readonly Role[] = ['coordinator', 'liaison'];

/**
 * Rejects mutations of callers who may change nothing, before any partner is asked: a partner that is sent one may have
 * been changed, and what is cached of it would be dropped for everybody.
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
      throw new HubError('FORBIDDEN', { message: 'This hub takes no changes.' });
    },
  };
}
