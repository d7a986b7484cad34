import {
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** The prefix of the hub’s own names in requests to partners. Their values never reach a client. */
export const hiddenPrefix = 'hub__';

export const isHidden = (responseKey: string): boolean => responseKey.startsWith(hiddenPrefix);

export function createField(
  name: string,
  { alias, selections }: { alias?: string; selections?: readonly SelectionNode[] } = {},
): FieldNode {
  return {
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: name },
    alias: alias === undefined ? undefined : { kind: Kind.NAME, value: alias },
    selectionSet: selections && createSelectionSet(selections),
  };
}

export function createSelectionSet(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}

export function createFragment(
  typeCondition: string | undefined,
  selections: readonly SelectionNode[],
  directives: readonly DirectiveNode[] = [],
): InlineFragmentNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition:
      typeCondition === undefined
        ? undefined
        : { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeCondition } },
    directives,
    selectionSet: createSelectionSet(selections),
  };
}

export const responseKeyOf = (field: FieldNode): string => field.alias?.value ?? field.name.value;

/** The document’s only operation, with its named fragments inlined. */
export function expandFragments(document: DocumentNode): OperationDefinitionNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition;
  }
  if (!operation) throw new Error('A fetch without an operation.');
  const expand = (set: SelectionSetNode): SelectionSetNode =>
    createSelectionSet(
      set.selections.map((selection) => {
        if (selection.kind === Kind.FIELD) {
          return selection.selectionSet
            ? { ...selection, selectionSet: expand(selection.selectionSet) }
            : selection;
        }
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          return { ...selection, selectionSet: expand(selection.selectionSet) };
        }
        const fragment = fragments.get(selection.name.value);
        if (!fragment) throw new Error('A fetch spreads a fragment that it does not define.');
        return createFragment(
          fragment.typeCondition.name.value,
          expand(fragment.selectionSet).selections,
          selection.directives,
        );
      }),
    );
  return { ...operation, selectionSet: expand(operation.selectionSet) };
}

/** A field at the top of a selection set. */
export interface TopField {
  readonly field: FieldNode;
  /** The field, inside the fragments that stood around it. */
  readonly selection: SelectionNode;
}

/** The fields at the top of a root selection set, by response key. */
export function readTopFields(set: SelectionSetNode): Map<string, TopField[]> {
  const fields = new Map<string, TopField[]>();
  const collect = (
    selections: readonly SelectionNode[],
    wrap: (selection: SelectionNode) => SelectionNode,
  ): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = responseKeyOf(selection);
        const known = fields.get(key);
        const field = { field: selection, selection: wrap(selection) };
        if (known) known.push(field);
        else fields.set(key, [field]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const around = (inner: SelectionNode) =>
          wrap({ ...selection, selectionSet: createSelectionSet([inner]) });
        collect(selection.selectionSet.selections, around);
      }
    }
  };
  collect(set.selections, (selection) => selection);
  return fields;
}

/** The fields directly below these, by response key. */
export const readInnerFields = (tops: readonly TopField[]): Map<string, TopField[]> =>
  readTopFields(
    createSelectionSet(tops.flatMap(({ field }) => field.selectionSet?.selections ?? [])),
  );

/** The operation with these selections, and only the variables that they use. */
export function narrowOperation(
  operation: OperationDefinitionNode,
  selections: readonly SelectionNode[],
): { readonly operation: OperationDefinitionNode; readonly variables: readonly string[] } {
  const used = new Set<string>();
  const set = createSelectionSet(selections);
  const narrowed = { ...operation, variableDefinitions: undefined, selectionSet: set };
  visit(narrowed, { Variable: ({ name }) => void used.add(name.value) });
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) =>
    used.has(variable.name.value),
  );
  return {
    operation: { ...narrowed, variableDefinitions },
    variables: [...used],
  };
}
