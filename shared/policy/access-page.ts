import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { Whose } from '../identity/access.js';
import { guardedFields, guardedTypes } from './guard-schema.js';
import { open, type Policies, type TypePolicy } from './type-policy.js';

/** The level of a field without a rule. */
const denied = { level: '(no rule)', readers: 'nobody' };

/** A level of access, and who reads it in words. */
export function describeLevel(
  level: string | undefined,
  policy: TypePolicy | undefined,
): { readonly level: string; readonly readers: string } {
  if (level === undefined) return denied;
  return { level: `\`${level}\``, readers: policy?.readers?.[level] ?? level };
}

/** How long what is open of a type is cached; empty for what is not. */
function describeAge({ maxAge = 0 }: TypePolicy): string {
  if (maxAge === Infinity) return 'as long as the object that it is a part of';
  return maxAge > 0 ? `for ${maxAge} s` : '';
}

/** The same as a sentence after others. */
export function describeCache(policy: TypePolicy): string {
  const age = describeAge(policy);
  return age === '' ? '' : ` Cached ${age}.`;
}

/** Who may know that such an object exists. */
function describeObject(policy: TypePolicy): string {
  const { level, readers } = describeLevel(policy.object ?? open, policy);
  return `The object: ${level}, ${readers}.${describeCache(policy)}\n\n`;
}

/** The participants who read a field of theirs, in words. Undefined if it is nobody’s. */
function describeSelf(policy: TypePolicy | undefined, field: string): string | undefined {
  const whose = policy?.self?.fields[field];
  return whose && policy.self?.readers[whose];
}

/** The names of a type’s fields: those that follow the rule of their object, and the others. */
function splitFields(type: GraphQLObjectType, policy: TypePolicy | undefined) {
  const names = guardedFields(type).map(({ name }) => name);
  const follows = (name: string) =>
    policy !== undefined && policy.fields[name] === (policy.object ?? open);
  return { alike: names.filter(follows), others: names.filter((name) => !follows(name)) };
}

/** The cells of fields with one rule: their names, level and readers. */
function describeFields(names: readonly string[], policy: TypePolicy | undefined): string {
  const [first = ''] = names;
  const { level, readers } = describeLevel(policy?.fields[first], policy);
  const own = policy?.self ? ` ${describeSelf(policy, first) ?? ''} |` : '';
  return `${names.map((name) => `\`${name}\``).join(', ')} | ${level} | ${readers} |${own}`;
}

const heads = (cells: string) => `| ${cells} |\n|${cells.replaceAll(/[^|]+/g, ' --- ')}|\n`;

/**
 * A table of a type. Fields that follow the rule of their object are in one row, for each kind of
 * participants’.
 * @param root the verb of a root type, whose fields have a row each
 */
function describeType(type: GraphQLObjectType, policy: TypePolicy | undefined, root?: string) {
  const { alike, others } = splitFields(type, policy);
  const single = (name: string) => [name];
  const ofWhose = (whose: Whose | undefined) =>
    alike.filter((name) => policy?.self?.fields[name] === whose);
  const groups =
    root === undefined
      ? [...[undefined, 'own' as const, 'fellow' as const].map(ofWhose), ...others.map(single)]
      : [...alike, ...others].map(single);
  const rows = groups
    .filter(({ length }) => length > 0)
    .map((names) => `| ${describeFields(names, policy)}\n`);
  const object = policy && root === undefined ? describeObject(policy) : '';
  const own = policy?.self ? ' | participants' : '';
  return `## ${type.name}\n\n${object}${heads(`field | level | ${root ?? 'who reads'} it${own}`)}${rows.join('')}`;
}

/** One table of all types of which each field follows the rule of its object. */
function describeWhole(types: readonly GraphQLObjectType[], policies: Policies): string {
  const rows = types.map((type) => {
    const policy = policies[type.name];
    const { alike } = splitFields(type, policy);
    const cells = `\`${type.name}\` | ${describeFields(alike, policy)}`;
    return `| ${cells} ${policy ? describeAge(policy) : ''} |\n`;
  });
  return `## Types with one rule\n\n${heads('type | fields | level | who reads it | cached')}${rows.join('')}`;
}

/** A path beside GraphQL that not everybody may call. */
export interface AccessPath {
  /** With its method. */
  readonly path: string;
  readonly level: string;
  readonly readers: string;
}

/**
 * Prints a page about who reads each field of a partner’s schema: a row for each type of which all
 * fields follow the rule of their object, and a table for each other type.
 * @param paths what the server has beside GraphQL. @default nothing
 */
export function printAccessPage(
  schema: GraphQLSchema,
  policies: Policies,
  paths: readonly AccessPath[] = [],
): string {
  const query = schema.getQueryType();
  const mutation = schema.getMutationType();
  const others = guardedTypes(schema)
    .filter((type) => type !== query && type !== mutation)
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const whole = others.filter((type) => {
    const split = splitFields(type, policies[type.name]);
    const hasOneRule = split.alike.length > 0 && split.others.length === 0;
    return hasOneRule && policies[type.name]?.self === undefined;
  });
  const sections = [
    ...(query ? [describeType(query, policies[query.name], 'who reads')] : []),
    ...(mutation ? [describeType(mutation, policies[mutation.name], 'who may call')] : []),
    ...(whole.length > 0 ? [describeWhole(whole, policies)] : []),
    ...others
      .filter((type) => !whole.includes(type))
      .map((type) => describeType(type, policies[type.name])),
  ];
  if (paths.length > 0) {
    const rows = paths.map((one) => `| \`${one.path}\` | \`${one.level}\` | ${one.readers} |\n`);
    sections.push(
      `## Paths beside GraphQL\n\n| path | level | who may call it |\n| --- | --- | --- |\n${rows.join('')}`,
    );
  }
  return `# Who reads what

Generated by \`npm run schema:emit\`. Do not edit it: change \`@Access\`, \`@Self\` or \`@MaxAge\` beside the field or on the class, or the
level in the type's \`*.policy.ts\`.

- A field without a rule is denied to everybody. A class's rule is that of its objects and of its fields without a rule of their own.
- All fields that follow the rule of their object are in one row. Each other field has a row of its own.
- "Participants" are people who travel. They read what everybody reads, and what has their mark (\`@Self\`): of themselves,
  of their journey, or of the other members of their group.
- A caller who may not know of an object gets \`FORBIDDEN\` for it, whether it exists or not.
- "This organisation" is the partner that owns the data. Its servers read what its co-ordinators read, and write nothing.
- "Cached" is how long the hub may return the same open data of a type to all callers.

${sections.join('\n')}`;
}

/** Begins the last paragraph of the description of a restricted element. */
const marks = { reads: 'Read by', calls: 'Called by' };

/** A description without the paragraph about who may read it. */
export const withoutReaders = (description: string): string =>
  description.split(new RegExp(`\n\n(?:${marks.reads}|${marks.calls}): `))[0] ?? '';

/** Who may read or call an element, as its description says; empty for an open one. */
export const readersIn = (description: string): string =>
  description.slice(withoutReaders(description).length).trim();

/**
 * Adds to the description of each restricted type who may read it, in the words of its rule, and to
 * each field with another rule than its type.
 */
export function describeReaders(schema: GraphQLSchema, policies: Policies): void {
  for (const type of guardedTypes(schema)) {
    const policy = policies[type.name];
    const mark = type === schema.getMutationType() ? marks.calls : marks.reads;
    const sayWho = (level = open, participants = ''): string => {
      const readers = policy?.readers?.[level];
      if (level === open || readers === undefined) return '';
      const all = participants === '' ? readers : `${readers}; ${participants}`;
      // In the whole graph, “this organisation” would be unclear.
      const owners = all.replaceAll('this organisation', 'the organisation that owns the data');
      return `\n\n${mark}: ${owners}.`;
    };
    const ofType = sayWho(policy?.object, policy?.self?.readers.fellow);
    type.description = `${type.description ?? ''}${ofType}`;
    for (const field of guardedFields(type)) {
      const who = sayWho(policy?.fields[field.name], describeSelf(policy, field.name));
      if (who !== ofType) field.description = `${field.description ?? ''}${who}`;
    }
  }
}
