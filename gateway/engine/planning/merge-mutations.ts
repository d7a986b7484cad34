import {
  getOperationAST,
  Kind,
  type DocumentNode,
  type FieldNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Fragments } from '../documents/collect-fields.js';
import { readFragments } from '../documents/read-fragments.js';

/**
 * Merges equal mutations of an operation. If one is selected twice, with and without a directive,
 * the planner would execute it twice when a mutation of another subgraph is between them. All
 * conditions are already decided.
 */
export function mergeMutations(
  document: DocumentNode,
  operationName: string | undefined,
): DocumentNode {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'mutation') return document;
  const fields = collectRootFields(operation.selectionSet, readFragments(document));
  const merged = new Map<string, FieldNode>();
  for (const field of fields) {
    const key = field.alias?.value ?? field.name.value;
    const known = merged.get(key);
    merged.set(key, known ? mergeFields(known, field) : field);
  }
  if (merged.size === fields.length) return document;
  const selectionSet: SelectionSetNode = {
    kind: Kind.SELECTION_SET,
    selections: [...merged.values()],
  };
  const definitions = document.definitions.map((definition) =>
    definition === operation ? { ...operation, selectionSet } : definition,
  );
  return { ...document, definitions };
}

const collectRootFields = ({ selections }: SelectionSetNode, fragments: Fragments): FieldNode[] =>
  selections.flatMap((selection: SelectionNode) => {
    if (selection.kind === Kind.FIELD) return [selection];
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return fragment ? collectRootFields(fragment.selectionSet, fragments) : [];
  });

/** If both have the same directive, the arguments of the first one stay. */
function mergeFields(first: FieldNode, second: FieldNode): FieldNode {
  const { directives = [], selectionSet } = first;
  const names = new Set(directives.map(({ name }) => name.value));
  const others = second.directives?.filter(({ name }) => !names.has(name.value)) ?? [];
  return {
    ...first,
    directives: [...directives, ...others],
    selectionSet: selectionSet && {
      ...selectionSet,
      selections: [...selectionSet.selections, ...(second.selectionSet?.selections ?? [])],
    },
  };
}
