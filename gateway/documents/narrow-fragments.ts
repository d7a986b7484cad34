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
 * Writes fragments on an interface or a union, where the object they stand on has one type, as fragments on that type.
 * The engine takes the object for an interface from there on, and loses what is nested in fragments on its own type.
 * What is skipped by a literal goes, with the fragments of which nothing is left: the engine would plan for it, and
 * partners be asked for nothing. An object of which nothing is left is asked for its type, under a name of ours.
 * What a literal includes is asked without it: the engine takes a mutation with one and the same without for two, and has
 * it run twice where another subgraph’s is between them.
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

  /** Undefined for a named fragment of which nothing is left. */
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
      // Of what is never asked none is met with.
      Directive: (directive) => (isDecided(directive) ? null : undefined),
      OperationDefinition: { leave: (operation) => fillEmpty(operation, root) },
    };
    return visit(definition, visitWithTypeInfo(typeInfo, visitor));
  }

  /** Undefined for a fragment that stays as it is, null for one that goes. */
  #narrow(
    parent: unknown,
    condition: NamedTypeNode | undefined,
    { directives, selectionSet }: Pick<InlineFragmentNode, 'directives' | 'selectionSet'>,
  ): InlineFragmentNode | null | undefined {
    if (isNeverAsked(directives)) return null;
    const type = condition && this.schema.getType(condition.name.value);
    if (!isCompositeType(type) || !isObjectType(parent) || type === parent) return undefined;
    // Narrowed like this, one of another type within cannot apply any more, and the engine takes none that cannot.
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

/** Puts something in the place of selections of which nothing is left. */
function fillEmpty<Node extends FieldNode | OperationDefinitionNode>(
  node: Node,
  selectionSet: SelectionSetNode,
): Node | undefined {
  return node.selectionSet && isEmpty(node.selectionSet) ? { ...node, selectionSet } : undefined;
}

/** Whether an object is there has to be known also where nothing of it is asked. */
const object = readSelections('{ hub__presence: __typename }');

/** Of a root that is known: nothing. */
const root = readSelections('{ ... @include(if: false) { __typename } }');

function readSelections(text: string): SelectionSetNode {
  const [definition] = parse(text, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('No selections.');
  return definition.selectionSet;
}
