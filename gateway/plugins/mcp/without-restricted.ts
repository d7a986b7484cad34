import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * Which fields are restricted, by coordinate: those whose reading their owner records. A field that
 * is not listed counts as restricted.
 */
export type RestrictedFields = Readonly<Record<string, boolean>>;

interface OpenDocument {
  /** Undefined if nothing is left. */
  readonly document: DocumentNode | undefined;
  /** The coordinates of the restricted fields that were left out, in alphabetical order. */
  readonly leftOut: readonly string[];
}

/** Leaves the restricted fields out of one document, and what is empty without them. */
class Pruning {
  readonly leftOut = new Set<string>();
  /** By name; null if nothing is left of it. */
  readonly #fragments = new Map<string, FragmentDefinitionNode | null>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly restricted: RestrictedFields,
    private readonly definitions: readonly DefinitionNode[],
  ) {}

  get fragments(): FragmentDefinitionNode[] {
    return [...this.#fragments.values()].filter((fragment) => fragment !== null);
  }

  prune(set: SelectionSetNode, type: GraphQLNamedType | undefined): SelectionSetNode | undefined {
    const selections = set.selections.flatMap((one) => this.#pruneSelection(one, type) ?? []);
    return selections.length === 0 ? undefined : { ...set, selections };
  }

  #pruneSelection(node: SelectionNode, type: GraphQLNamedType | undefined) {
    if (node.kind === Kind.FIELD) return this.#pruneField(node, type);
    if (node.kind === Kind.FRAGMENT_SPREAD)
      return this.#pruneFragment(node.name.value) ? node : undefined;
    const { typeCondition } = node;
    const inner = typeCondition ? this.schema.getType(typeCondition.name.value) : type;
    const selectionSet = this.prune(node.selectionSet, inner);
    return selectionSet && { ...node, selectionSet };
  }

  #pruneField(node: FieldNode, type: GraphQLNamedType | undefined): FieldNode | undefined {
    const { value: name } = node.name;
    if (name.startsWith('__')) return node;
    const found = this.#restrictedAt(type, name);
    for (const coordinate of found) this.leftOut.add(coordinate);
    if (found.length > 0) return undefined;
    if (!node.selectionSet) return node;
    const field = hasFields(type) ? type.getFields()[name] : undefined;
    const selectionSet = this.prune(node.selectionSet, field && getNamedType(field.type));
    return selectionSet && { ...node, selectionSet };
  }

  /** The restricted coordinates that a field of this name may read, in any type of an interface. */
  #restrictedAt(type: GraphQLNamedType | undefined, name: string): string[] {
    const own = isObjectType(type) ? [type] : [];
    const types = isAbstractType(type) ? this.schema.getPossibleTypes(type) : own;
    if (types.length === 0) return [`${type?.name}.${name}`];
    return types
      .map((one) => `${one.name}.${name}`)
      .filter((coordinate) => this.restricted[coordinate] !== false);
  }

  #pruneFragment(name: string): FragmentDefinitionNode | null {
    const known = this.#fragments.get(name);
    if (known !== undefined) return known;
    const fragment = this.definitions.find(
      (node): node is FragmentDefinitionNode =>
        node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
    );
    const type = fragment && this.schema.getType(fragment.typeCondition.name.value);
    const selectionSet = fragment && this.prune(fragment.selectionSet, type);
    const pruned = selectionSet ? { ...fragment, selectionSet } : null;
    this.#fragments.set(name, pruned);
    return pruned;
  }
}

const hasFields = (type: GraphQLNamedType | undefined) =>
  isObjectType(type) || isInterfaceType(type);

/** Drops the variables that nothing uses any more: such a document is invalid. */
function dropUnused(
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
): OperationDefinitionNode {
  const used = new Set<string>();
  for (const root of [operation, ...fragments]) {
    visit(root, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void used.add(name.value),
    });
  }
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) =>
    used.has(variable.name.value),
  );
  return { ...operation, ...(variableDefinitions && { variableDefinitions }) };
}

/**
 * Leaves the restricted fields out of a query.
 * @param document one query and its fragments, valid for the schema
 */
export function withoutRestricted(
  schema: GraphQLSchema,
  restricted: RestrictedFields,
  { operation, document }: { operation: OperationDefinitionNode; document: DocumentNode },
): OpenDocument {
  const pruning = new Pruning(schema, restricted, document.definitions);
  const selectionSet = pruning.prune(operation.selectionSet, schema.getQueryType() ?? undefined);
  const leftOut = [...pruning.leftOut].toSorted();
  if (!selectionSet) return { document: undefined, leftOut };
  const { fragments } = pruning;
  const open = dropUnused({ ...operation, selectionSet }, fragments);
  return { document: { kind: Kind.DOCUMENT, definitions: [open, ...fragments] }, leftOut };
}
