import {
  defaultFieldResolver,
  getNullableType,
  isIntrospectionType,
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
import type { PartnerContext } from './context/partner-context.js';
import { commonLevels, recordedLevels, rootSelf, type Levels, type OwnLevels } from './levels.js';
import { open, type FieldArguments, type Policies, type TypePolicy } from './type-policy.js';

interface Ruled {
  readonly extensions: Readonly<Record<string, unknown>>;
}

const accessOf = ({ extensions }: Ruled): string | undefined => {
  const level = extensions['access'];
  return typeof level === 'string' ? level : undefined;
};

const maxAgeOf = ({ extensions }: Ruled): number | undefined => {
  const seconds = extensions['maxAge'];
  return typeof seconds === 'number' ? seconds : undefined;
};

const whoseOf = ({ extensions }: Ruled): Whose | undefined =>
  (['own', 'fellow'] as const).find((whose) => whose === extensions['self']);

/** What of a type is a participant’s: the marked fields, and the levels that decide on their rows. */
function readSelf(type: GraphQLObjectType, levels: Levels): TypePolicy['self'] {
  const fields = Object.fromEntries(
    Object.values(type.getFields()).flatMap((field) => {
      const whose = whoseOf(field);
      return whose ? [[field.name, whose] as const] : [];
    }),
  );
  if (Object.keys(fields).length === 0) return undefined;
  const { self, fellow } = levels;
  const own = self?.readers ?? '';
  return {
    fields,
    readers: { own, fellow: fellow ? `${own}, ${fellow.readers}` : own },
    decide(whose, row, context, args) {
      if (context.reader.kind !== 'participant') return false;
      const isOwn = self?.decide(row, context, args) ?? false;
      return whose === 'own' || !fellow
        ? isOwn
        : either(isOwn, () => fellow.decide(row, context, args));
    },
  };
}

/**
 * Reads the policies of a schema’s types from the rules beside their fields (`@Access`, `@Self`,
 * `@MaxAge`).
 * @param schema as type-graphql builds it: rules are not part of the SDL
 * @param own the levels that are not common to all types
 * @throws if a rule has an unknown level, or a level is not used
 */
export function readPolicies(schema: GraphQLSchema, own: OwnLevels): Policies {
  const policies: Record<string, TypePolicy> = {};
  const errors: string[] = [];
  const used = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
    const levels: Levels = {
      ...(isRoot && { self: rootSelf }),
      ...own[type.name],
      ...commonLevels,
    };
    const self = readSelf(type, levels);
    for (const [field, whose] of Object.entries(self?.fields ?? {})) {
      for (const level of whose === 'own' ? ['self'] : ['self', 'fellow']) {
        used.add(`${type.name} ${level}`);
        if (!levels[level])
          errors.push(`${type.name}.${field} is @Self, and its type has no level "${level}".`);
      }
    }
    const object = accessOf(type);
    const rules = Object.values(type.getFields()).flatMap((field) => {
      const level = accessOf(field) ?? object;
      return level === undefined ? [] : [[field.name, level] as const];
    });
    for (const [place, level] of [...rules, ['', object ?? open] as const]) {
      used.add(`${type.name} ${level}`);
      if (!levels[level]) errors.push(`${type.name}.${place} has the unknown level "${level}".`);
    }
    policies[type.name] = {
      object,
      fields: Object.fromEntries(rules),
      openNone: Object.values(type.getFields()).flatMap(({ name, extensions }) =>
        extensions['noneIsOpen'] === true ? name : [],
      ),
      self,
      maxAge: maxAgeOf(type),
      readers: Object.fromEntries(
        Object.entries(levels).map(([name, { readers }]) => [name, readers]),
      ),
      decide: (level, row, context, args = {}) =>
        levels[level]?.decide(row, context, args) ?? false,
    };
  }
  for (const [type, levels] of Object.entries(own)) {
    for (const level of Object.keys(levels)) {
      if (!used.has(`${type} ${level}`) || level in commonLevels)
        errors.push(`The level "${level}" of ${type} is not used.`);
    }
  }
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return policies;
}

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

function listSteps(path: ResponsePath): (string | number)[] {
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
  const readBy =
    (find: Resolver): Resolver =>
    (row, args, context, info) => {
      const value = find(row, args, context, info);
      if (isRecorded) context.disclosures.note(typeName, info.fieldName, idOf(row));
      return value;
    };
  const read = readBy(resolve);
  const readOwn = readBy(resolveOwn);
  const readAsAnyone: Resolver = (row, args, context, info) => {
    const decision = policy.decide(level, row as never, context, args as FieldArguments);
    if (decision === true) return read(row, args, context, info);
    if (decision === false) throw forbidden(info);
    return decision.then((isAllowed) => {
      if (isAllowed) return read(row, args, context, info);
      throw forbidden(info);
    });
  };
  const { self } = policy;
  if (!self || !whose) return readAsAnyone;
  return (row, args, context, info) => {
    const isHers = self.decide(whose, row as never, context, args as FieldArguments);
    const readIt = (isOwn: boolean) => (isOwn ? readOwn : readAsAnyone)(row, args, context, info);
    return isPromise(isHers) ? isHers.then(readIt) : readIt(isHers);
  };
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

/** True if one of two decisions is. The second is not made if the first is true. */
const either = (
  first: boolean | Promise<boolean>,
  second: () => boolean | Promise<boolean>,
): boolean | Promise<boolean> =>
  isPromise(first) ? first.then((is) => is || second()) : first || second();

const isPromise = <Value>(value: Value | Promise<Value>): value is Promise<Value> =>
  typeof value === 'object' &&
  value !== null &&
  'then' in value &&
  typeof value.then === 'function';

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
  if (decision === false) throw forbidden();
  return decision.then((isVisible) => {
    if (isVisible) return object;
    throw forbidden();
  });
}
