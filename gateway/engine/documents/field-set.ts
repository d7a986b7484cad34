import { Kind, parse, type SelectionSetNode } from 'graphql';

/** Parses a `FieldSet` into its selections. */
export function parseFieldSet(fields: string): SelectionSetNode {
  const [definition] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error(`“${fields}” is not a field set.`);
  return definition.selectionSet;
}
