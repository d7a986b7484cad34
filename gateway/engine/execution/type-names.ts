import { isAbstractType, isInterfaceType, type GraphQLSchema } from 'graphql';

/** The names of the object types to which a fragment on this type applies. */
export function typeNamesOf(schema: GraphQLSchema, condition: string): ReadonlySet<unknown> {
  const type = schema.getType(condition);
  const names = new Set<unknown>([condition]);
  if (!isAbstractType(type)) return names;
  for (const { name } of schema.getPossibleTypes(type)) names.add(name);
  if (isInterfaceType(type)) {
    for (const { name } of schema.getImplementations(type).interfaces) names.add(name);
  }
  return names;
}
