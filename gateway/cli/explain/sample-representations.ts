import {
  isAbstractType,
  isCompositeType,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { RequiredSelection } from '../../engine/planning/query-plan.js';
import type { SubgraphModel } from '../../fan-out/rules/subgraph-model.js';

type Row = Record<string, unknown>;

/**
 * Sample representations of an entity fetch: one for each type and each possible owner. The values
 * are placeholders, because the real ones come from earlier fetches.
 */
export function sampleRepresentations(
  model: SubgraphModel,
  requires: readonly RequiredSelection[],
): Row[] {
  const { schema, rules } = model;
  return requires.flatMap((required): Row[] => {
    if (required.kind !== 'InlineFragment') return [];
    const condition = schema.getType(required.typeCondition ?? '');
    return listObjectTypes(schema, condition).flatMap((type) => {
      const by = rules?.routedTypes.get(type.name)?.by[0];
      const owners = by === undefined ? [undefined] : (rules?.contributors ?? []);
      return owners.map((owner) => ({
        ...sampleFields(schema, type, required.selections),
        __typename: type.name,
        ...(by !== undefined && owner !== undefined && { [by]: sampleOwned(type, by, owner) }),
      }));
    });
  });
}

function listObjectTypes(
  schema: GraphQLSchema,
  type: GraphQLNamedType | undefined,
): GraphQLNamedType[] {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? [...schema.getPossibleTypes(type)] : [];
}

/** A value that belongs to a partner: an id with its code as prefix, or its country code. */
function sampleOwned(type: GraphQLNamedType, by: string, owner: string): string {
  const field = isObjectType(type) ? type.getFields()[by] : undefined;
  const scalar = field && String(unwrap(field.type));
  return scalar === 'ID' || scalar === undefined ? `${owner}:…` : owner.toUpperCase();
}

function sampleFields(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  selections: readonly RequiredSelection[],
): Row {
  const row: Row = {};
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      Object.assign(row, sampleFields(schema, type, selection.selections));
    } else if (selection.name === '__typename') {
      row['__typename'] = type.name;
    } else {
      const field = 'getFields' in type && !isInputType(type) && type.getFields()[selection.name];
      row[selection.alias ?? selection.name] = field
        ? sampleValue(schema, field.type as GraphQLOutputType, selection.selections ?? [])
        : '…';
    }
  }
  return row;
}

function sampleValue(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  selections: readonly RequiredSelection[],
): unknown {
  if (isNonNullType(type)) return sampleValue(schema, type.ofType, selections);
  if (isListType(type)) return [sampleValue(schema, type.ofType, selections)];
  if (isLeafType(type) || !isCompositeType(type)) return '…';
  return sampleFields(schema, type, selections);
}

function unwrap(type: GraphQLOutputType): GraphQLOutputType {
  return isNonNullType(type) || isListType(type) ? unwrap(type.ofType) : type;
}
