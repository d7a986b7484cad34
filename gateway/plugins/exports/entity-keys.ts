import {
  isObjectType,
  isUnionType,
  Kind,
  parse,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql';

/** Parsing a supergraph takes milliseconds, and each supergraph has one schema. */
const known = new WeakMap<GraphQLSchema, ReadonlyMap<string, string>>();

/** Returns the name of a type’s key field. */
export type KeyOf = (type: GraphQLCompositeType) => string | undefined;

/** The single-field keys of a supergraph’s types. */
function readKeys(supergraphSdl: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const { name, arguments: args = [] } of definition.directives ?? []) {
      const key = args.find((argument) => argument.name.value === 'key')?.value;
      if (name.value !== 'join__type' || key?.kind !== Kind.STRING) continue;
      if (/^\w+$/.test(key.value) && !keys.has(definition.name.value))
        keys.set(definition.name.value, key.value);
    }
  }
  return keys;
}

/** Reads keys from the supergraph. An interface or a union has the key that all its types share. */
export function createKeyOf(supergraphSdl: string, schema: GraphQLSchema): KeyOf {
  const keys = known.get(schema) ?? readKeys(supergraphSdl);
  known.set(schema, keys);
  return (type) => {
    if (isObjectType(type)) return keys.get(type.name);
    const shared = new Set(schema.getPossibleTypes(type).map(({ name }) => keys.get(name)));
    const [key] = shared;
    if (shared.size !== 1 || key === undefined) return undefined;
    return isUnionType(type) || type.getFields()[key] ? key : undefined;
  };
}
