import { isIntrospectionType, isObjectType, type GraphQLSchema } from 'graphql';
import { commonLevels, type Levels, type OwnLevels } from './levels.js';
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

/**
 * Reads the policies of a schema’s types from the rules beside their fields (`@Access`, `@MaxAge`).
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
    const levels: Levels = { ...own[type.name], ...commonLevels };
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
