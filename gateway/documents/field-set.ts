import { Kind, parse, type SelectionSetNode } from 'graphql';

/** The selections of a `FieldSet`. */
export function parseFieldSet(fields: string): SelectionSetNode {
  const [definition] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error(`“${fields}” is no field set.`);
  return definition.selectionSet;
}
