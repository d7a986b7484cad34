import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildASTSchema, Kind, print, visit, type GraphQLSchema } from 'graphql';
import { coordinateOf } from './coordinate-of-change.js';
import type { PlainDocument, PlainType } from './plain-document.js';

/** A difference that makes the hub’s requests fail or mislead. */
interface Break {
  /** The schema coordinate. */
  readonly element: string;
  readonly message: string;
}

/** How a published schema differs from its contract. */
export interface Comparison {
  /** Coordinates of the contract that the schema does not have. The partner is not asked for them. */
  readonly lacks: readonly string[];
  /** Coordinates beyond the contract. */
  readonly adds: readonly string[];
  readonly breaks: readonly Break[];
}

/** A schema without directives: federation’s are compared by themselves. */
function buildPlainSchema(types: PlainDocument): GraphQLSchema {
  const definitions = [...types.values()].map((node) => visit(node, { Directive: () => null }));
  return buildASTSchema({ kind: Kind.DOCUMENT, definitions }, { assumeValidSDL: true });
}

/** What a partner need not have: its values are then null, and the hub says why. */
const lacking: readonly string[] = [
  'TYPE_REMOVED',
  'FIELD_REMOVED',
  'FIELD_ARGUMENT_REMOVED',
  'INPUT_FIELD_REMOVED',
  'ENUM_VALUE_REMOVED',
  'UNION_MEMBER_REMOVED',
];

const adding = /^(?!.*(?:DESCRIPTION|DEPRECATION|DIRECTIVE)).*_ADDED$/;

/** A root type that is missing is a type that is missing. */
const ofRoots = /^SCHEMA_.*_TYPE_CHANGED$/;

const membersOf = (
  node: PlainType | undefined,
): readonly { readonly name: { value: string } }[] => {
  if (!node) return [];
  if (node.kind === Kind.ENUM_TYPE_DEFINITION) return node.values ?? [];
  return 'fields' in node ? (node.fields ?? []) : [];
};

/** A type that is missing is missing with all that is in it. */
const withMembers = (coordinate: string, types: PlainDocument): string[] => [
  coordinate,
  ...(coordinate.includes('.')
    ? []
    : membersOf(types.get(coordinate)).map(({ name }) => `${coordinate}.${name.value}`)),
];

/** The keys by which the hub asks for records of a type. */
const keysOf = (node: PlainType): Map<string, boolean> => {
  const keys = new Map<string, boolean>();
  for (const { name, arguments: given = [] } of node.directives ?? []) {
    if (name.value !== 'key') continue;
    const valueOf = (argument: string) => given.find((one) => one.name.value === argument)?.value;
    const fields = valueOf('fields');
    const resolvable = valueOf('resolvable');
    const text = fields
      ? print(fields)
          .replaceAll('"', '')
          .replace(/[\s,]+/g, ' ')
          .trim()
      : '';
    const isResolvable = !(resolvable?.kind === Kind.BOOLEAN && !resolvable.value);
    keys.set(text, isResolvable || (keys.get(text) ?? false));
  }
  return keys;
};

/** The keys of the contract that the schema no longer has. */
function findLostKeys(contract: PlainDocument, schema: PlainDocument): Break[] {
  return [...contract].flatMap(([name, agreed]) => {
    const offered = schema.get(name);
    if (!offered) return [];
    const there = keysOf(offered);
    return [...keysOf(agreed)]
      .filter(([fields, resolvable]) => resolvable && there.get(fields) !== true)
      .map(([fields]) => ({
        element: name,
        message: `${name} lacks @key(fields: "${fields}") of the contract: its records could not be found.`,
      }));
  });
}

/** Compares a published schema with its contract. */
export async function compareWithContract(
  contract: PlainDocument,
  schema: PlainDocument,
): Promise<Comparison> {
  const changes = await diff(buildPlainSchema(contract), buildPlainSchema(schema));
  const lacks: string[] = [];
  const adds: string[] = [];
  const breaks: Break[] = findLostKeys(contract, schema);
  for (const change of changes) {
    const { type, message, criticality } = change;
    if (lacking.includes(type)) lacks.push(...withMembers(coordinateOf(change), contract));
    else if (ofRoots.test(type)) continue;
    else if (criticality.level === CriticalityLevel.Breaking)
      breaks.push({ element: coordinateOf(change), message: `${message}.` });
    else if (adding.test(type)) adds.push(coordinateOf(change));
  }
  return { lacks: [...new Set(lacks)], adds: [...new Set(adds)], breaks };
}
