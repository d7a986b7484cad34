import { HubError } from '@hub/shared/errors';
import type { OperationHooks, ServedContext } from '@hub/shared/graphql';
import type { Reader, tokens } from '@hub/shared/identity';
import { herself, readersIn } from '@hub/shared/policy';
import { Kind, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';

/** The roles that may change anything at all. Each owner decides about its own data. */
const writers: readonly tokens.Role[] = ['coordinator', 'liaison'];

/** The mutations that other roles may call too, if an operation has no others. */
const exceptions: ReadonlyMap<string, readonly tokens.Role[]> = new Map([
  ['eraseTexts', ['service']],
  ['revokeAccess', ['auditor', 'service']],
]);

const isException = ({ selectionSet }: OperationDefinitionNode, role: tokens.Role): boolean =>
  selectionSet.selections.every(
    (selection) =>
      selection.kind === Kind.FIELD && exceptions.get(selection.name.value)?.includes(role),
  );

/** Whether participants may call each mutation of an operation for themselves, as its owner says. */
const isOfParticipants = (schema: GraphQLSchema, { selectionSet }: OperationDefinitionNode) =>
  selectionSet.selections.every((selection) => {
    if (selection.kind !== Kind.FIELD) return false;
    const mutation = schema.getMutationType()?.getFields()[selection.name.value];
    return readersIn(mutation?.description ?? '').includes(herself);
  });

interface Refused {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/**
 * Rejects mutations of callers who may change nothing, before any request is sent. A mutation that
 * reaches a partner clears its cache for every caller.
 * @param describeCallers says who may execute the mutations of an operation
 */
export function refuseUnlessWriter(
  describeCallers: (refused: Refused) => string,
): OperationHooks<ServedContext & { readonly reader: Reader }> {
  return {
    didResolveOperation({ schema, document, operation, contextValue: { reader } }) {
      if (operation?.operation !== 'mutation') return;
      if (reader.kind === 'person' && writers.includes(reader.role)) return;
      if (reader.kind === 'person' && isException(operation, reader.role)) return;
      if (reader.kind === 'participant' && isOfParticipants(schema, operation)) return;
      throw new HubError('FORBIDDEN', {
        message: describeCallers({ schema, document, operation }),
      });
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
