import { visit, type DocumentNode } from 'graphql';
import { isIntrospection } from './decide-conditions.js';

/**
 * Removes introspection from a document. The planner’s own introspection types lack newer parts of
 * graphql-js, such as `isOneOf` and `directives(includeDeprecated:)`.
 */
export function withoutIntrospection(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: ({ name }) => (isIntrospection(name.value) ? null : undefined),
    FragmentDefinition: ({ typeCondition }) =>
      typeCondition.name.value.startsWith('__') ? null : undefined,
  });
}
