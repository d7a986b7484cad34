import {
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLOutputType,
} from 'graphql';

/** How the results of several partners are merged. */
export type MergeKind = 'list' | 'connection' | 'sum';

/**
 * How a field of this type is merged. Undefined if it cannot be.
 *
 * A connection is recognised by its form: `edges` with `cursor` and `node`, and `pageInfo`; it may
 * also have `nodes` and counts.
 */
export function classifyMerge(type: GraphQLOutputType): MergeKind | undefined {
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (isListType(nullable)) return isCompositeType(getNamedType(nullable)) ? 'list' : undefined;
  if (isScalarType(nullable)) return nullable.name === 'Int' ? 'sum' : undefined;
  return connectionNode(nullable) ? 'connection' : undefined;
}

/** The type of a connection’s nodes. Undefined if the type is not a connection. */
export function connectionNode(
  type: GraphQLOutputType,
): ReturnType<typeof getNamedType> | undefined {
  const connection = getNamedType(type);
  if (!isObjectType(connection)) return undefined;
  const { edges, pageInfo, ...others } = connection.getFields();
  const edge = edges && getNamedType(edges.type);
  if (!pageInfo || !edge || !isObjectType(edge)) return undefined;
  const { cursor, node } = edge.getFields();
  const isKnown = Object.values(others).every(
    ({ name, type: other }) => name === 'nodes' || getNamedType(other).name === 'Int',
  );
  return cursor && node && isKnown ? getNamedType(node.type) : undefined;
}
