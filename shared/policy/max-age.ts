import { getNamedType, isLeafType, type DocumentNode, type GraphQLSchema } from 'graphql';
import { listSelectedFields, type SelectedField } from './selected-fields.js';
import { open, type Policies } from './type-policy.js';

/** Leads to entities, whose own types decide how long they may be cached. */
const entitiesField = '_entities';

/**
 * For how many seconds the response to a document may be cached for every caller, whatever its
 * variables are: the shortest time of everything that it selects. 0 if anything may not be cached,
 * or nothing has a time.
 * @param ageOf the time of a field of a type. Infinity leaves the decision to the other selections.
 * A root field with a scalar has no type of its own, and is not cached.
 */
export function readMaxAge(
  schema: GraphQLSchema,
  document: DocumentNode,
  ageOf: (field: SelectedField) => number,
): number {
  const selected = listSelectedFields(schema, document) ?? [];
  const ages = selected.map((field) => {
    if (!field.isRoot) return ageOf(field);
    if (field.name === '__typename' || field.name === entitiesField) return Infinity;
    const definition = field.type.getFields()[field.name];
    return definition && isLeafType(getNamedType(definition.type)) ? 0 : ageOf(field);
  });
  const shortest = Math.min(...ages);
  return Number.isFinite(shortest) ? shortest : 0;
}

/** The times of a partner’s own policies, for open fields only. */
export const readOwnMaxAge = (
  schema: GraphQLSchema,
  policies: Policies,
  document: DocumentNode,
): number =>
  readMaxAge(schema, document, ({ type, name, isRoot }) => {
    const { fields = {}, object = open, maxAge = 0 } = policies[type.name] ?? {};
    const isOpen = name === '__typename' || fields[name] === open;
    if (!isOpen || object !== open) return 0;
    return isRoot ? Infinity : maxAge;
  });
