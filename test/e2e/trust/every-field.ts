import {
  astFromValue,
  getNamedType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isUnionType,
  print,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { sampleOf } from '../network/samples.js';

type Field = GraphQLField<unknown, unknown>;

/** What an argument asks for, so that the demonstration’s people are in the lists, and each id is one of it. */
function writeArguments({ args }: Field, idOf: (name: string) => string): string {
  const given = args.flatMap(({ name, type }) => {
    const input = getNamedType(type);
    const takesRehearsals = isInputObjectType(input) && 'rehearsals' in input.getFields();
    if (name === 'rehearsals') return 'rehearsals: true';
    if (name === 'filter' && takesRehearsals) return 'filter: { rehearsals: true }';
    if (name === 'first') return 'first: 20';
    const value = isNonNullType(type) && astFromValue(sampleOf(type, idOf, name), type);
    return value ? `${name}: ${print(value)}` : [];
  });
  return given.length > 0 ? `(${given.join(', ')})` : '';
}

/** All that one type says itself. What it leads to has queries of its own. */
function selectFields(
  type: GraphQLNamedType,
  schema: GraphQLSchema,
  write: (field: Field) => string,
) {
  if (!isCompositeType(type)) return '';
  const kinds: readonly GraphQLObjectType[] =
    isInterfaceType(type) || isUnionType(type)
      ? schema.getPossibleTypes(type)
      : [type as GraphQLObjectType];
  const parts = kinds.map((kind) => {
    const fields = Object.values(kind.getFields())
      .filter((field) => isLeafType(getNamedType(field.type)))
      // The types of one interface may differ in what they make of a name.
      .map((field) => {
        const alias =
          kinds.length > 1 && field.name !== 'id' ? `${kind.name}__${field.name}: ` : '';
        return alias + write(field);
      });
    return `... on ${kind.name} { __typename ${fields.join(' ')} }`;
  });
  return `{ __typename ${parts.join(' ')} }`;
}

/**
 * A query for every field of a schema, by each field that leads to its type, on the shortest way there.
 * @param idOf the id for an argument of a root field, or of another one
 */
export function queriesOfEveryField(
  schema: GraphQLSchema,
  idOf: (field: string, argument: string) => string,
): string[] {
  const query = schema.getQueryType();
  if (!query) return [];
  const write = (field: Field) =>
    `${field.name}${writeArguments(field, (name) => idOf(field.name, name))}`;
  /** By type: the beginnings of the selections that lead to it. */
  const ways = new Map<string, readonly string[]>([[query.name, []]]);
  const queue: GraphQLNamedType[] = [query];
  const queries: string[] = [];
  const reach = (type: GraphQLNamedType, way: readonly string[], step: string) => {
    if (ways.has(type.name)) return;
    const hasId = 'getFields' in type && 'id' in type.getFields();
    ways.set(type.name, [...way, `${step} { __typename${hasId ? ' id' : ''} `]);
    queue.push(type);
  };
  for (let type = queue.shift(); type; type = queue.shift()) {
    if (!isCompositeType(type)) continue;
    const way = ways.get(type.name) ?? [];
    if (isInterfaceType(type) || isUnionType(type))
      for (const kind of schema.getPossibleTypes(type)) reach(kind, way, `... on ${kind.name}`);
    for (const field of isUnionType(type) ? [] : Object.values(type.getFields())) {
      const next = getNamedType(field.type);
      const step = write(field);
      const selected = isLeafType(next) ? '' : ` ${selectFields(next, schema, write)}`;
      queries.push(`{ ${way.join('')}${step}${selected}${' }'.repeat(way.length)} }`);
      if (!isLeafType(next)) reach(next, way, step);
    }
  }
  return queries;
}
