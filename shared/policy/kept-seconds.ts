import type { DocumentNode, GraphQLSchema } from 'graphql';
import { listSelectedFields } from './selected-fields.js';
import { open, type Policies } from './type-policy.js';

/** What leads to entities, whose own types say how long they may be kept. */
const entitiesField = '_entities';

/**
 * For how many seconds whoever asks may keep the answer to a document: the shortest time of all types that it may read,
 * and 0 where one of them says nothing, or has a field in it that is not for everybody.
 */
export function readKeptSeconds(
  schema: GraphQLSchema,
  policies: Policies,
  document: DocumentNode,
): number {
  const selected = listSelectedFields(schema, document) ?? [];
  const times = selected.map(({ type, name, isRoot }) => {
    const policy = policies[type.name];
    const isTold = name === '__typename' || (isRoot && name === entitiesField);
    if (!isTold && policy?.fields[name] !== open) return 0;
    if (isRoot) return Infinity;
    return (policy?.object ?? open) === open ? (policy?.keptSeconds ?? 0) : 0;
  });
  const shortest = Math.min(...times);
  return Number.isFinite(shortest) ? shortest : 0;
}
