import {
  doTypesOverlap,
  isCompositeType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type NamedTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { isNeverAsked } from './decide-conditions.js';

/**
 * Writes fragments on an interface or a union, where the object they stand on has one type, as fragments on that type.
 * The engine takes the object for an interface from there on, and loses what is nested in fragments on its own type.
 * What is skipped by a literal goes: the engine would plan for it, and partners be asked for nothing. An object of which
 * nothing is left is asked for its type, under a name of ours.
 */
export function narrowFragments(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  const typeInfo = new TypeInfo(schema);
  const never = new WeakSet<SelectionNode>();
  const leaveNothing = (type: GraphQLCompositeType): InlineFragmentNode => {
    const nothing = nothingOf(type);
    never.add(nothing);
    return nothing;
  };
  const narrow = (
    condition: NamedTypeNode | undefined,
    { directives, selectionSet }: Pick<InlineFragmentNode, 'directives' | 'selectionSet'>,
  ): InlineFragmentNode | undefined => {
    const parent = typeInfo.getParentType();
    const type = condition && schema.getType(condition.name.value);
    if (!type || !isCompositeType(type) || !isObjectType(parent) || type === parent)
      return undefined;
    // Narrowed like this, one of another type within cannot apply any more, and the engine takes none that cannot.
    if (!doTypesOverlap(schema, type, parent)) return leaveNothing(parent);
    return createFragment(parent, directives, selectionSet);
  };
  const leaveOut = ({ directives }: SelectionNode): InlineFragmentNode | undefined => {
    const parent = typeInfo.getParentType();
    return parent && isNeverAsked(directives) ? leaveNothing(parent) : undefined;
  };
  const isRoot = (type: unknown) =>
    type === schema.getQueryType() || type === schema.getMutationType();
  const visitor: ASTVisitor = {
    SelectionSet: {
      leave(set) {
        const isEmpty = set.selections.every((selection) => never.has(selection));
        if (!isEmpty || isRoot(typeInfo.getParentType())) return undefined;
        return { ...set, selections: [...set.selections, presence] };
      },
    },
    Field: leaveOut,
    InlineFragment: (node) => leaveOut(node) ?? narrow(node.typeCondition, node),
    FragmentSpread(node) {
      const fragment = fragments.get(node.name.value);
      const { directives } = node;
      return (
        leaveOut(node) ?? (fragment && narrow(fragment.typeCondition, { ...fragment, directives }))
      );
    },
  };
  return visit(document, visitWithTypeInfo(typeInfo, visitor));
}

/** Whether an object is there has to be known also where nothing of it is asked. */
const presence: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: 'hub__presence' },
  name: { kind: Kind.NAME, value: '__typename' },
};

const createFragment = (
  type: GraphQLCompositeType,
  directives: InlineFragmentNode['directives'],
  selectionSet: SelectionSetNode,
): InlineFragmentNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
  directives,
  selectionSet,
});

/** A selection that selects nothing, for a place that may not be left empty. */
function nothingOf(type: GraphQLCompositeType): InlineFragmentNode {
  const [definition] = parse('{ ... @include(if: false) { __typename } }').definitions;
  const [never] =
    definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
  if (never?.kind !== Kind.INLINE_FRAGMENT) throw new Error('No fragment.');
  return createFragment(type, never.directives, never.selectionSet);
}
