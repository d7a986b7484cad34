import {
  executeSync,
  Kind,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Variables } from '../../fan-out/fetch.js';
import type { Fragments } from '../documents/collect-fields.js';
import { isNeverAsked } from '../documents/decide-conditions.js';
import { isIntrospection } from '../documents/response-names.js';
import type { Row } from './tree.js';

/** Resolves the introspection fields of an operation. Undefined if there are none. */
export function createIntrospection(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
): ((variables: Variables) => Row) | undefined {
  const selections = readIntrospection(operation.selectionSet, fragments);
  if (selections.length === 0) return undefined;
  const selectionSet = { kind: Kind.SELECTION_SET as const, selections };
  const document = {
    kind: Kind.DOCUMENT as const,
    definitions: [{ ...operation, selectionSet }, ...fragments.values()],
  };
  return (variableValues) => {
    const { data, errors } = executeSync({ schema, document, variableValues });
    if (!data || errors) throw new Error('The introspection returned no data.');
    return data;
  };
}

/** The introspection fields of the root, with the fragments around them. */
function readIntrospection({ selections }: SelectionSetNode, fragments: Fragments): FieldNode[] {
  return selections.flatMap((selection) => {
    if (isNeverAsked(selection.directives)) return [];
    if (selection.kind === Kind.FIELD)
      return isIntrospection(selection.name.value) ? [selection] : [];
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return fragment ? readIntrospection(fragment.selectionSet, fragments) : [];
  });
}
