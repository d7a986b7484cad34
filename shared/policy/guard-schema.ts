import {
  defaultFieldResolver,
  getNullableType,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type ResponsePath,
} from 'graphql';
import { HubError } from '../errors/hub-error.js';
import { withoutStack } from '../errors/without-stack.js';
import type { Whose } from '../identity/access.js';
import {
  describeAllowed,
  parsePurpose,
  purposeOfTasks,
  type PurposeName,
} from '../identity/request-headers.js';
import type { PartnerContext } from './context/partner-context.js';
import { recordedLevels } from './levels.js';
import { either, isPromise } from './read-policies.js';
import { open, type FieldArguments, type Policies, type TypePolicy } from './type-policy.js';

type Resolver = GraphQLFieldResolver<unknown, PartnerContext>;

/** Fields that federation adds. They lead to entities, which have their own guards. */
const federationFields = new Set(['_entities', '_service']);
const federationTypes = new Set(['_Service']);

/**
 * The types whose fields are guarded: all object types except those of federation and
 * introspection.
 */
export function guardedTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType =>
      isObjectType(type) && !type.name.startsWith('__') && !federationTypes.has(type.name),
  );
}

/** The guarded fields of a type. */
export function guardedFields(type: GraphQLObjectType): GraphQLField<unknown, PartnerContext>[] {
  return Object.values(type.getFields()).filter(({ name }) => !federationFields.has(name));
}

/** The coordinates of fields without a policy, and of policies without a field. */
export function unguardedFields(schema: GraphQLSchema, policies: Policies): string[] {
  const there = guardedTypes(schema).flatMap((type) =>
    guardedFields(type).map(({ name }) => `${type.name}.${name}`),
  );
  const mentioned = Object.entries(policies).flatMap(([type, { fields }]) =>
    Object.keys(fields).map((name) => `${type}.${name}`),
  );
  const missing = there.filter((coordinate) => !mentioned.includes(coordinate));
  return [...missing, ...mentioned.filter((coordinate) => !there.includes(coordinate))].toSorted();
}

/** Guards every field of a schema by the policies. A field without a policy is denied. */
export function guardSchema(schema: GraphQLSchema, policies: Policies): void {
  for (const type of guardedTypes(schema)) {
    const policy: TypePolicy | undefined = policies[type.name];
    for (const field of guardedFields(type)) {
      const level = policy?.fields[field.name];
      const find = field.resolve ?? defaultFieldResolver;
      const isNoneOpen = policy?.openNone?.includes(field.name) ?? false;
      const resolve = guardResult(field, policies, { resolve: find, isNoneOpen });
      if (level === open) field.resolve = resolve;
      else {
        // Of her own rows she also reads that there is nothing.
        const resolveOwn = guardResult(field, policies, { resolve: find, isNoneOpen: true });
        const whose = policy?.self?.fields[field.name];
        field.resolve = guardField(type.name, level, policy, { resolve, resolveOwn, whose });
      }
    }
  }
}

/** @param info the place, so that graphql-js does not wrap the error */
const forbidden = (info?: GraphQLResolveInfo): HubError =>
  withoutStack(() => {
    const place = info && { nodes: info.fieldNodes, path: listSteps(info.path) };
    return new HubError('FORBIDDEN', {}, place);
  });

export function listSteps(path: ResponsePath): (string | number)[] {
  const steps: (string | number)[] = [];
  for (let step: ResponsePath | undefined = path; step; step = step.prev) steps.push(step.key);
  return steps.toReversed();
}

interface OwnField {
  readonly resolve: Resolver;
  /** For a participant’s own rows. */
  readonly resolveOwn: Resolver;
  readonly whose: Whose | undefined;
}

function guardField(
  typeName: string,
  level: string | undefined,
  policy: TypePolicy | undefined,
  { resolve, resolveOwn, whose }: OwnField,
): Resolver {
  if (level === undefined || policy === undefined) {
    return (_row, _args, _context, info) => {
      throw forbidden(info);
    };
  }
  const isRecorded = recordedLevels.has(level);
  const personOf = policy.personOf ?? nobody;
  const readBy =
    (find: Resolver): Resolver =>
    (row, args, context, info) => {
      const value = find(row, args, context, info);
      if (isRecorded)
        context.disclosures.note(typeName, info.fieldName, idOf(row), personOf(row), info.path);
      return value;
    };
  const readAnyway = readBy(resolve);
  const readOwn = readBy(resolveOwn);
  const noteRefusal = (row: unknown, { disclosures, reader }: PartnerContext, name: string) => {
    // Anonymous callers could fill the record.
    if (isRecorded && reader.kind !== 'anonymous')
      disclosures.refuse(typeName, name, idOf(row), personOf(row));
  };
  const refuse: Resolver = (row, _args, context, info) => {
    noteRefusal(row, context, info.fieldName);
    throw forbidden(info);
  };
  const read: Resolver = (row, args, context, info) => {
    const allowed = context.fieldPurposes?.get(`${typeName}.${info.fieldName}`);
    if (!allowed || isAmong(purposeOf(context, typeName, row), allowed))
      return readAnyway(row, args, context, info);
    noteRefusal(row, context, info.fieldName);
    throw withoutStack(() => {
      const place = { nodes: info.fieldNodes, path: listSteps(info.path) };
      const details = { message: describeAllowed(allowed), purposes: allowed };
      return new HubError('PURPOSE_NOT_ALLOWED', details, place);
    });
  };
  const readAsAnyone: Resolver = (row, args, context, info) => {
    const decision = policy.decide(level, row as never, context, args as FieldArguments);
    if (decision === true) return read(row, args, context, info);
    if (decision === false) return refuse(row, args, context, info);
    return decision.then((isAllowed) => (isAllowed ? read : refuse)(row, args, context, info));
  };
  const { self } = policy;
  if (!self || !whose) return readAsAnyone;
  return (row, args, context, info) => {
    const isHers = self.decide(whose, row as never, context, args as FieldArguments);
    const readIt = (isOwn: boolean) => (isOwn ? readOwn : readAsAnyone)(row, args, context, info);
    return isPromise(isHers) ? isHers.then(readIt) : readIt(isHers);
  };
}

const nobody = (): null => null;

const isAmong = (purpose: PurposeName | null, allowed: readonly PurposeName[]): boolean =>
  purpose !== null && allowed.includes(purpose);

/** Why the caller reads a row: as it says, or for the task that gave access. Null if nobody says. */
function purposeOf(
  { reader, disclosures }: PartnerContext,
  type: string,
  row: unknown,
): PurposeName | null {
  const stated = reader.kind === 'anonymous' ? undefined : reader.purpose;
  if (stated !== undefined) return parsePurpose(stated).purpose;
  return disclosures.isJustified(type, idOf(row)) ? purposeOfTasks : null;
}

const idOf = (row: unknown): string => {
  const id = typeof row === 'object' && row !== null && 'id' in row ? row.id : undefined;
  return typeof id === 'string' ? id : '';
};

/**
 * A single object that the caller may not know of is refused in the same way whether it exists or
 * not.
 */
function guardResult(
  field: GraphQLField<unknown, PartnerContext>,
  policies: Policies,
  { resolve, isNoneOpen }: { readonly resolve: Resolver; readonly isNoneOpen: boolean },
): Resolver {
  const type = getNullableType(field.type);
  const policy = isObjectType(type) ? policies[type.name] : undefined;
  if (!policy || (policy.object ?? open) === open) return resolve;
  if (!isNoneOpen)
    return (row, args, context, info) =>
      findVisible(policy, context, () => resolve(row, args, context, info));
  return async (row, args, context, info) => {
    const object: unknown = await resolve(row, args, context, info);
    return object === null ? null : checkVisible(policy, object, context);
  };
}

/**
 * Returns the found object if the caller may know of it. For other callers, a hidden and a missing
 * object are the same: a rejection with `FORBIDDEN`. Errors are rejections too. Without
 * asynchronous work it creates no promise, because a promise for each of many rows takes as long as
 * all decisions.
 */
export function findVisible(
  policy: TypePolicy,
  context: PartnerContext,
  find: () => unknown,
): unknown {
  try {
    const object = find();
    return isPromise(object)
      ? object.then((found) => checkVisible(policy, found, context))
      : checkVisible(policy, object, context);
  } catch (error) {
    return Promise.reject(error);
  }
}

function checkVisible(policy: TypePolicy, object: unknown, context: PartnerContext): unknown {
  const level = policy.object ?? open;
  if (level === open) return object;
  const row = (object ?? undefined) as never;
  const isHers = policy.self?.decide('fellow', row, context, {}) ?? false;
  const decision = either(isHers, () => policy.decide(level, row, context));
  if (decision === true) return object;
  if (decision === false) return refuseObject(policy, object, context);
  return decision.then((isVisible) => (isVisible ? object : refuseObject(policy, object, context)));
}

function refuseObject(
  { type = '', personOf = nobody }: TypePolicy,
  object: unknown,
  { disclosures, reader }: PartnerContext,
): never {
  const person = personOf(object);
  if (person !== null && reader.kind !== 'anonymous')
    disclosures.refuse(type, '', idOf(object), person);
  throw forbidden();
}
