import { isObjectType, type DocumentNode, type GraphQLSchema } from 'graphql';
import { Extensions } from 'type-graphql';
import type { Needs } from '../database/index.js';
import { listSelectedFields } from './selected-fields.js';
import { open, type Policies } from './type-policy.js';

const extension = 'reads';

/**
 * The columns that a field’s resolver reads of its object. It is handed no others where the operation does not select
 * them; to take another one throws. A field without this reads the column of its own name, and where the object has no
 * such column, it is handed whole rows.
 * @example
 * ```ts
 * @Reads<Officer>('unitId')
 * @FieldResolver(() => PoliceUnit)
 * unit(@Root() { unitId }: Officer, @Ctx() { loaders }: PartnerContext) {
 *   return loaders.shown.one(PoliceUnit).load(unitId);
 * }
 * ```
 */
export function Reads<Row>(...columns: Extract<keyof Row, string>[]) {
  const extend = Extensions({ [extension]: columns });
  return (target: object, method: string | symbol): void => extend(target, method);
}

/** Takes over from a schema that was made of classes what its resolvers read: its text does not tell. */
export function takeOverReads(from: GraphQLSchema, to: GraphQLSchema): void {
  for (const type of Object.values(to.getTypeMap())) {
    const origin = from.getType(type.name);
    if (!isObjectType(type) || !isObjectType(origin)) continue;
    const told = origin.getFields();
    for (const field of Object.values(type.getFields())) {
      const reads = told[field.name]?.extensions[extension];
      if (reads) field.extensions = { ...field.extensions, [extension]: reads };
    }
  }
}

/**
 * Builds what tells what an operation needs of the rows of each type: what the fields that it selects are named, or read
 * by {@link Reads}, and what the type’s policy decides by. Undefined where an operation may need everything.
 */
export function createNeeds(
  schema: GraphQLSchema,
  policies: Policies,
): (document: DocumentNode) => Needs | undefined {
  const known = new WeakMap<DocumentNode, Needs | false>();
  return (document) => {
    let needs = known.get(document);
    if (needs === undefined) {
      needs = readNeeds(schema, policies, document) ?? false;
      known.set(document, needs);
    }
    return needs || undefined;
  };
}

function readNeeds(
  schema: GraphQLSchema,
  policies: Policies,
  document: DocumentNode,
): Needs | undefined {
  const selected = listSelectedFields(schema, document);
  if (!selected) return undefined;
  const byType = new Map<string, Set<string>>();
  const whole = new Set<string>();
  for (const { type, name, isRoot } of selected) {
    if (isRoot) continue;
    const needed = byType.get(type.name) ?? new Set<string>();
    byType.set(type.name, needed);
    const policy = policies[type.name];
    const isOpen = (policy?.object ?? open) === open && (policy?.fields[name] ?? open) === open;
    if (!isOpen && !policy?.reads) whole.add(type.name);
    for (const column of (!isOpen && policy?.reads) || []) needed.add(column);
    if (name === '__typename') continue;
    const reads = type.getFields()[name]?.extensions[extension] as readonly string[] | undefined;
    for (const column of reads ?? [name]) needed.add(column);
  }
  return (entity) => (whole.has(entity) ? undefined : byType.get(entity));
}
