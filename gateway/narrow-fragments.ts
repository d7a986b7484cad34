import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import {
  isAbstractType,
  isObjectType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type InlineFragmentNode,
  type NamedTypeNode,
} from 'graphql';

/**
 * Writes fragments on an interface or a union, where the object they stand on has one type, as fragments on that type.
 * The engine takes the object for an interface from there on, and loses what is nested in fragments on its own type.
 */
export function narrowFragments(schema: GraphQLSchema, document: DocumentNode): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
  const typeInfo = new TypeInfo(schema);
  /** The one type of the object here, where the condition is wider than that. */
  const narrow = (condition: NamedTypeNode | undefined): NamedTypeNode | undefined => {
    const type = typeInfo.getParentType();
    const isWide = condition && isAbstractType(schema.getType(condition.name.value));
    if (!isWide || !isObjectType(type)) return undefined;
    return { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } };
  };
  const visitor: ASTVisitor = {
    InlineFragment(node): InlineFragmentNode | undefined {
      const typeCondition = narrow(node.typeCondition);
      return typeCondition && { ...node, typeCondition };
    },
    FragmentSpread({ name, directives }): InlineFragmentNode | undefined {
      const fragment = fragments.get(name.value);
      const typeCondition = narrow(fragment?.typeCondition);
      if (!fragment || !typeCondition) return undefined;
      const { selectionSet } = fragment;
      return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet };
    },
  };
  return visit(document, visitWithTypeInfo(typeInfo, visitor));
}

/** Hands the engine operations whose fragments are narrowed. */
export function createFragmentsPlugin(): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation(request) {
          Object.assign(request, { document: narrowFragments(request.schema, request.document) });
        },
      };
    },
  };
}
