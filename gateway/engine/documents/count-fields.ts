import { getOperationAST, Kind, type DocumentNode, type SelectionSetNode } from 'graphql';

/**
 * Counts the selected fields of an operation, with those in its fragments. Introspection is left
 * out.
 */
export function countFields(document: DocumentNode, operationName: string | undefined): number {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition.selectionSet);
  const counted = new Map<SelectionSetNode, number>();
  /**
   * A fragment counts once, however often it is spread. Otherwise the count could grow
   * exponentially.
   */
  const count = (set: SelectionSetNode | undefined): number => {
    if (!set) return 0;
    const known = counted.get(set);
    if (known !== undefined) return known;
    let fields = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        fields += count(fragments.get(selection.name.value));
      else if (selection.kind === Kind.INLINE_FRAGMENT) fields += count(selection.selectionSet);
      // Of the schema itself nothing is planned.
      else if (!selection.name.value.startsWith('__')) fields += 1 + count(selection.selectionSet);
    }
    counted.set(set, fields);
    return fields;
  };
  return count(getOperationAST(document, operationName)?.selectionSet);
}
