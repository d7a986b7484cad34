import {
  executeSync,
  Kind,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Fragments } from '../collect-fields.js';
import type { Variables } from '../conditions.js';
import type { Row } from './tree.js';

/** Answers what an operation asks of the schema itself; undefined where it asks nothing of it. */
export function createIntrospection(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
): ((variables: Variables) => Row) | undefined {
  const selectionSet = keepIntrospection(operation.selectionSet, fragments);
  if (selectionSet.selections.length === 0) return undefined;
  const document = {
    kind: Kind.DOCUMENT as const,
    definitions: [{ ...operation, selectionSet }, ...fragments.values()],
  };
  return (variableValues) => {
    const { data, errors } = executeSync({ schema, document, variableValues });
    if (!data || errors) throw new Error('The schema did not answer.');
    return data;
  };
}

/** The fields of a root that ask for the schema, in the fragments that stand around them. */
function keepIntrospection(
  { selections, ...set }: SelectionSetNode,
  fragments: Fragments,
): SelectionSetNode {
  const kept = selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) {
      return ['__schema', '__type'].includes(selection.name.value) ? [selection] : [];
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (!fragment) return [];
    const selectionSet = keepIntrospection(fragment.selectionSet, fragments);
    if (selectionSet.selections.length === 0) return [];
    const { directives } = selection;
    return [{ kind: Kind.INLINE_FRAGMENT, directives, selectionSet }];
  });
  return { ...set, selections: kept };
}
