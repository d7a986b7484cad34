import {
  GraphQLError,
  Kind,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { InputUses, type InputUse } from '../limits/text-uses.js';

/** The same error, with the argument that caused it. */
export const withArgument = (error: GraphQLError, argument: string | undefined): GraphQLError =>
  argument === undefined
    ? error
    : new GraphQLError(error.message, {
        nodes: error.nodes,
        originalError: error.originalError,
        extensions: { ...error.extensions, argument },
      });

/** Names the arguments that literals are given to: graphql-js’s errors have the literal alone. */
export function nameLiterals(
  schema: GraphQLSchema,
  document: DocumentNode,
  errors: readonly GraphQLError[],
): readonly GraphQLError[] {
  if (!errors.some(({ extensions }) => extensions.code === 'BAD_USER_INPUT')) return errors;
  const paths = new Map(
    new InputUses(schema, document).found.map(({ node, path }) => [node, path]),
  );
  return errors.map((error) => {
    const [node] = error.nodes ?? [];
    return withArgument(error, paths.get(node as InputUse['node']));
  });
}

/** The argument that an operation gives a variable to: the first, where there are several. */
export function findArgument(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variable: string,
): string | undefined {
  const use = new InputUses(schema, document).found.find(
    ({ node, definition }) =>
      node.kind === Kind.VARIABLE &&
      node.name.value === variable &&
      (definition === operation || definition.kind === Kind.FRAGMENT_DEFINITION),
  );
  return use?.path;
}
