import {
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLOutputType,
} from 'graphql';

/** What is done with the answers of several partners. */
export type JoinKind = 'list' | 'connection' | 'sum';

/**
 * How a field of this type is joined; undefined where it cannot be.
 *
 * A connection is known by its form: `edges` of `cursor` and `node`, and `pageInfo`; beside them `nodes` and counts.
 */
export function classifyJoin(type: GraphQLOutputType): JoinKind | undefined {
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (isListType(nullable)) return isCompositeType(getNamedType(nullable)) ? 'list' : undefined;
  if (isScalarType(nullable)) return nullable.name === 'Int' ? 'sum' : undefined;
  return connectionNode(nullable) ? 'connection' : undefined;
}

/** The type of a connection’s nodes; undefined for what is no connection. */
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
