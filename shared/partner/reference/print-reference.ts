import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { describeCache, describeLevel, withoutReaders } from '../../policy/access-page.js';
import { open, type Policies } from '../../policy/type-policy.js';

const toCell = (text: string): string =>
  withoutReaders(text).replaceAll('\n', ' ').replaceAll('|', '\\|');

const printRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

const printTable = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map(printRow).join('');

function describeValue({ type, defaultValue }: GraphQLArgument | GraphQLInputField): string {
  return `\`${String(type)}${defaultValue === undefined ? '' : ` = ${JSON.stringify(defaultValue)}`}\``;
}

/** The name of a field, with those of its arguments: `events(first, after, filter)`. */
const describeName = ({ name, args }: GraphQLField<unknown, unknown>): string =>
  `\`${name}${args.length > 0 ? `(${args.map((arg) => arg.name).join(', ')})` : ''}\``;

/** The introduction of the page explains the other arguments. */
const isParticular = ({ name }: GraphQLArgument): boolean =>
  !['first', 'after', 'last', 'before', 'input'].includes(name);

/** The meaning of a field, followed by that of its arguments. */
function describeField({ description, args }: GraphQLField<unknown, unknown>): string {
  const own = toCell(description ?? '');
  const list = args.filter(isParticular).map((arg) => {
    return `\`${arg.name}\` (${describeValue(arg)}): ${toCell(arg.description ?? '')}`;
  });
  return [own, ...list].join('<br>');
}

function printFields(type: GraphQLObjectType | GraphQLInterfaceType, policies: Policies): string {
  const fields = Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'));
  // The implementing types say who may read a field of an interface.
  if (isInterfaceType(type)) {
    const rows = fields.map((field) => [
      `\`${field.name}\``,
      `\`${String(field.type)}\``,
      describeField(field),
    ]);
    return printTable(['field', 'type', 'meaning'], rows);
  }
  const policy = policies[type.name];
  const rows = fields.map((field) => [
    describeName(field),
    `\`${String(field.type)}\``,
    describeField(field),
    describeLevel(policy?.fields[field.name], policy).readers,
  ]);
  const who = type.name === 'Mutation' ? 'called by' : 'read by';
  return printTable(['field', 'type', 'meaning', who], rows);
}

function printMembers(type: GraphQLNamedType, policies: Policies): string {
  if (isEnumType(type)) {
    const rows = type
      .getValues()
      .map(({ name, description }) => [`\`${name}\``, toCell(description ?? '')]);
    return printTable(['value', 'meaning'], rows);
  }
  if (isInputObjectType(type)) {
    const rows = Object.values(type.getFields()).map((field) => [
      `\`${field.name}\``,
      describeValue(field),
      toCell(field.description ?? ''),
    ]);
    return printTable(['field', 'type', 'meaning'], rows);
  }
  if (isUnionType(type))
    return `One of ${type
      .getTypes()
      .map(({ name }) => `\`${name}\``)
      .join(', ')}.\n`;
  return isObjectType(type) || isInterfaceType(type) ? printFields(type, policies) : '';
}

/** What applies to objects of the type as a whole. */
function describeObjects(type: GraphQLNamedType, policies: Policies): string {
  const policy = policies[type.name];
  if (!isObjectType(type) || !policy || type.name === 'Query' || type.name === 'Mutation')
    return '';
  const { readers } = describeLevel(policy.object ?? open, policy);
  const known =
    policy.object === undefined || policy.object === open ? '' : ` Known to: ${readers}.`;
  const interfaces = type.getInterfaces().map(({ name }) => `\`${name}\``);
  const implemented = interfaces.length > 0 ? ` Implements ${interfaces.join(', ')}.` : '';
  return `${implemented}${known}${describeCache(policy)}`;
}

const groups: readonly (readonly [title: string, isOf: (type: GraphQLNamedType) => boolean])[] = [
  ['Types', (type) => isObjectType(type) || isInterfaceType(type) || isUnionType(type)],
  ['Inputs', isInputObjectType],
  ['Enums', isEnumType],
  ['Scalars', isScalarType],
];

/**
 * A subgraph's schema as a page for people: every type with its fields, what they mean, who reads them, and how long the hub
 * may cache them.
 */
export function printReference(schema: GraphQLSchema, policies: Policies): string {
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => type ?? []);
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .filter((type) => !type.name.startsWith('_') && !roots.some((root) => root === type))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const printType = (type: GraphQLNamedType) =>
    `### ${type.name}\n\n${toCell(type.description ?? '')}${describeObjects(type, policies)}\n\n${printMembers(type, policies)}\n`;
  const sections = groups.flatMap(([heading, isOf]) => {
    const found = types.filter(isOf);
    return found.length > 0 ? `## ${heading}\n\n${found.map(printType).join('')}` : [];
  });
  const operations = roots.map((type) => printType(type)).join('');
  return `# Reference of the schema

Generated by \`npm run docs:emit\`. Do not edit it: change the \`description\` or the rule beside the field.

- "This organisation" is the partner that owns the data.
- "Cached" is how long the hub may return the same open data of a type to all callers.
- Lists with \`first\` and \`after\` are pages: 1 to 1,000 rows, 50 when null, behind the cursor \`after\`; with \`last\` and \`before\`, from the end of the list.
- Mutations take one argument, \`input\`.

## Operations

${operations}${sections.join('')}`.replace(/\n+$/, '\n');
}
