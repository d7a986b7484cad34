import { formOfScalar, longestScalar } from '@hub/shared/graphql';
import {
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import type { Slices } from '../../engine/documents/slices.js';
import { unsliced, type Slicing } from '../../engine/json/compile-parser.js';
import type { LeafCheck } from '../../engine/json/leaf-checks.js';
import { boundedScalars } from '../response/compile-projection.js';
import type { SubgraphModel } from '../rules/subgraph-model.js';

/**
 * Takes of the offered slices what the fan-out need not read, and what can be checked as text.
 * Owners are compared, and the fields of gathered entities and connections are merged.
 */
export function takeSlices(model: SubgraphModel, offered: Slices): Slicing {
  if (offered.size === 0) return unsliced;
  const isMerged = createIsMerged(model);
  const checkOf = (typeName: string, name: string): LeafCheck | undefined => {
    const type = model.schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    const isOwner = model.rules?.routedTypes.get(typeName)?.by[0] === name;
    return field && !isOwner ? checkOfLeaf(field.type, model) : undefined;
  };
  const slices = new Map(
    [...offered].flatMap(([place, { type, slices: all }]) => {
      if (isMerged(type)) return [];
      const own = all.flatMap((names) => splitAt(names, (name) => !checkOf(type, name)));
      return own.length > 0 ? [[place, { type, slices: own }] as const] : [];
    }),
  );
  return { slices, checkOf };
}

/** Splits a list at the names that it may not have. */
function splitAt(names: readonly string[], isOut: (name: string) => boolean): string[][] {
  const parts: string[][] = [[]];
  for (const name of names) {
    if (isOut(name)) parts.push([]);
    else parts.at(-1)?.push(name);
  }
  return parts.filter(({ length }) => length > 0);
}

/** Tells the types of which several partners give parts of one object. */
function createIsMerged({ schema, rules }: SubgraphModel): (type: string) => boolean {
  const types = new Set<string>();
  for (const [coordinate, { mergeKind }] of rules?.gatheredFields ?? []) {
    const [owner = '', name = ''] = coordinate.split('.');
    types.add(owner);
    if (mergeKind !== 'connection') continue;
    const connection = typeOf(schema.getType(owner), name);
    for (const type of [connection, typeOf(connection, 'edges'), typeOf(connection, 'pageInfo')])
      if (type) types.add(type.name);
  }
  return (type) => types.has(type);
}

function typeOf(type: unknown, field: string): GraphQLObjectType | undefined {
  const named = isObjectType(type) ? getNamedType(type.getFields()[field]?.type) : undefined;
  return isObjectType(named) ? named : undefined;
}

/** The same as what the projection checks, for texts. Undefined for what has no single form. */
function checkOfLeaf(
  type: GraphQLOutputType,
  { isContracted }: Pick<SubgraphModel, 'isContracted'>,
): LeafCheck | undefined {
  if (isNonNullType(type)) {
    const inner = checkOfLeaf(type.ofType, { isContracted });
    return inner && { ...inner, isNullable: false };
  }
  const isNullable = true;
  if (isListType(type)) {
    const item = checkOfLeaf(type.ofType, { isContracted });
    return item && { kind: 'list', item, isNullable };
  }
  if (isEnumType(type))
    return { kind: 'name', names: new Set(type.getValues().map(({ name }) => name)), isNullable };
  const { name } = getNamedType(type);
  if (name === 'Int') return { kind: 'integer', isNullable };
  if (name === 'Boolean') return { kind: 'boolean', isNullable };
  const isText = name === 'String' || name === 'ID' || (isContracted && formOfScalar(name));
  if (!isText) return undefined;
  const isBounded = isContracted && boundedScalars.has(name);
  return { kind: 'text', mostBytes: (isBounded && longestScalar(name)) || Infinity, isNullable };
}
