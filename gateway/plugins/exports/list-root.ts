import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

/** A root field that returns rows. */
export interface ListRoot {
  readonly field: GraphQLField<unknown, unknown>;
  /** The type of a row. */
  readonly node: GraphQLCompositeType;
  /**
   * Where the rows are: the value itself is a list, or they are a connection’s `nodes` or `edges`.
   */
  readonly shape: 'list' | 'nodes' | 'edges';
}

/** The item type of a list of objects. Undefined for other types. */
function itemOf(type: GraphQLOutputType | undefined): GraphQLCompositeType | undefined {
  const list = type && getNullableType(type);
  if (!isListType(list)) return undefined;
  const item = getNullableType(list.ofType as GraphQLOutputType);
  return isCompositeType(item) ? item : undefined;
}

/** The arguments by which an export reads page after page. */
const pageArguments = ['first', 'after'];
/** True for an argument that chooses a page: an export has all of them. */
export const isPageArgument = (name: string): boolean =>
  [...pageArguments, 'last', 'before'].includes(name);

/** Finds the root field with this name that returns rows: a list of objects, or a connection. */
export function findListRoot(schema: GraphQLSchema, name: string): ListRoot | undefined {
  const field = schema.getQueryType()?.getFields()[name];
  if (!field) return undefined;
  const node = itemOf(field.type);
  if (node) return { field, node, shape: 'list' };
  const connection = getNamedType(field.type);
  if (!isObjectType(connection) || isListType(getNullableType(field.type))) return undefined;
  const { nodes, edges, pageInfo } = connection.getFields();
  const isPaged = pageArguments.every((argument) =>
    field.args.some((arg) => arg.name === argument),
  );
  if (!pageInfo || !isPaged) return undefined;
  const own = itemOf(nodes?.type);
  if (own) return { field, node: own, shape: 'nodes' };
  const edge = itemOf(edges?.type);
  const far = isObjectType(edge) ? edge.getFields().node : undefined;
  const type = far && getNamedType(far.type);
  return isCompositeType(type) ? { field, node: type, shape: 'edges' } : undefined;
}
