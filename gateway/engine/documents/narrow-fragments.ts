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
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { isDecided, isNeverAsked } from './decide-conditions.js';

/**
 * Turns fragments on an interface or a union into fragments on the object’s type, if the object has
 * only one type. Otherwise the engine treats the object as the interface, and loses fragments on
 * its own type that are nested there.
 *
 * Removes what literals skip, and fragments that are then empty: the engine would plan empty
 * fetches for them. An object without any field left gets its type name, under a hidden alias.
 * Removes literal includes too: the engine treats a mutation with and without such a directive as
 * two, and may execute it twice.
 */
export function narrowFragments(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const narrower = new Narrower(schema, document);
  const definitions = document.definitions.flatMap(
    (definition) =>
      (definition.kind === Kind.FRAGMENT_DEFINITION
        ? narrower.narrowNamed(definition)
        : narrower.narrowDefinition(definition)) ?? [],
  );
  return { ...document, definitions };
}

class Narrower {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #narrowed = new Map<string, FragmentDefinitionNode | undefined>();

  constructor(
    readonly schema: GraphQLSchema,
    { definitions }: DocumentNode,
  ) {
    for (const definition of definitions)
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        this.#fragments.set(definition.name.value, definition);
  }

  /** Undefined for a named fragment that is empty. */
  narrowNamed(definition: FragmentDefinitionNode): FragmentDefinitionNode | undefined {
    const { value: name } = definition.name;
    if (!this.#narrowed.has(name)) {
      const narrowed = this.narrowDefinition(definition);
      this.#narrowed.set(name, isEmpty(narrowed.selectionSet) ? undefined : narrowed);
    }
    return this.#narrowed.get(name);
  }

  narrowDefinition<Definition extends DefinitionNode>(definition: Definition): Definition {
    const typeInfo = new TypeInfo(this.schema);
    const visitor: ASTVisitor = {
      Field: {
        enter: ({ directives }) => (isNeverAsked(directives) ? null : undefined),
        leave: (field) => fillEmpty(field, object),
      },
      FragmentSpread: ({ name, directives }) => {
        const fragment = this.#fragments.get(name.value);
        if (!fragment) return undefined;
        const { typeCondition, selectionSet } = fragment;
        const parent = typeInfo.getParentType();
        const narrowed = this.#narrow(parent, typeCondition, { directives, selectionSet });
        return narrowed === undefined && !this.narrowNamed(fragment) ? null : narrowed;
      },
      InlineFragment: {
        enter: (node) => this.#narrow(typeInfo.getParentType(), node.typeCondition, node),
        leave: ({ selectionSet }) => (isEmpty(selectionSet) ? null : undefined),
      },
      // Skipped selections are already removed.
      Directive: (directive) => (isDecided(directive) ? null : undefined),
      OperationDefinition: { leave: (operation) => fillEmpty(operation, root) },
    };
    return visit(definition, visitWithTypeInfo(typeInfo, visitor));
  }

  /** Undefined for a fragment that stays unchanged, null for one that is removed. */
  #narrow(
    parent: unknown,
    condition: NamedTypeNode | undefined,
    { directives, selectionSet }: Pick<InlineFragmentNode, 'directives' | 'selectionSet'>,
  ): InlineFragmentNode | null | undefined {
    if (isNeverAsked(directives)) return null;
    const type = condition && this.schema.getType(condition.name.value);
    if (!isCompositeType(type) || !isObjectType(parent) || type === parent) return undefined;
    // After narrowing, a nested fragment on another type cannot apply, and the engine rejects such
    // fragments.
    if (!doTypesOverlap(this.schema, type, parent)) return null;
    return createFragment(parent, directives, selectionSet);
  }
}

const isEmpty = ({ selections }: SelectionSetNode): boolean => selections.length === 0;

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

/** Replaces an empty selection set. */
function fillEmpty<Node extends FieldNode | OperationDefinitionNode>(
  node: Node,
  selectionSet: SelectionSetNode,
): Node | undefined {
  return node.selectionSet && isEmpty(node.selectionSet) ? { ...node, selectionSet } : undefined;
}

/** The response must show whether an object exists, even if none of its fields is selected. */
const object = readSelections('{ hub__presence: __typename }');

/** A root always exists, so nothing is selected. */
const root = readSelections('{ ... @include(if: false) { __typename } }');

function readSelections(text: string): SelectionSetNode {
  const [definition] = parse(text, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('No selections.');
  return definition.selectionSet;
}
