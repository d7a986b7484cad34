import {
  isIntrospectionType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Whose } from '../identity/access.js';
import {
  commonLevels,
  journeyTypes,
  recordedLevels,
  rootSelf,
  type Levels,
  type OwnLevels,
} from './levels.js';
import { open, type Policies, type TypePolicy } from './type-policy.js';

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

/** The id of the person whom a row of a type is about. Undefined for a type whose rows do not say. */
function personOfRows({ extensions }: Ruled): TypePolicy['personOf'] {
  const find = extensions['aboutPerson'];
  if (typeof find !== 'function') return undefined;
  return (row) => {
    const person: unknown = typeof row === 'object' && row !== null ? find(row) : undefined;
    return typeof person === 'string' ? person : null;
  };
}

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
    const personOf = personOfRows(type);
    const isAboutNobody = !personOf && !journeyTypes.has(type.name);
    for (const [place, level] of [...rules, ['', object ?? open] as const]) {
      used.add(`${type.name} ${level}`);
      if (isAboutNobody && recordedLevels.has(level))
        errors.push(`${type.name}.${place} is recorded, so the type needs @AboutPerson.`);
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
      type: type.name,
      personOf,
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

/** True if one of two decisions is. The second is not made if the first is true. */
export const either = (
  first: boolean | Promise<boolean>,
  second: () => boolean | Promise<boolean>,
): boolean | Promise<boolean> =>
  isPromise(first) ? first.then((is) => is || second()) : first || second();

export const isPromise = <Value>(value: Value | Promise<Value>): value is Promise<Value> =>
  typeof value === 'object' &&
  value !== null &&
  'then' in value &&
  typeof value.then === 'function';
