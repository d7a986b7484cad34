import { visit, type DocumentNode } from 'graphql';
import { isIntrospection } from './response-names.js';

/**
 * The document without what it asks of the schema itself. The planner has types of its own for that, which lack what
 * graphql-js has since: `isOneOf`, `directives(includeDeprecated:)`.
 */
export function withoutIntrospection(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: ({ name }) => (isIntrospection(name.value) ? null : undefined),
    FragmentDefinition: ({ typeCondition }) =>
      typeCondition.name.value.startsWith('__') ? null : undefined,
  });
}
