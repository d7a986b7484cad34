import {
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  parse,
  print,
  visit,
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type SchemaExtensionNode,
  type TypeExtensionNode,
} from 'graphql';
import { readArguments } from '../../law/read-links.js';
import { readPlainDocument, type PlainDocument, type PlainType } from './plain-document.js';

interface Named {
  readonly name: { readonly value: string };
}

type List = 'interfaces' | 'fields' | 'values' | 'types';
const lists: readonly List[] = ['interfaces', 'fields', 'values', 'types'];

const listOf = (node: PlainType, list: List): readonly Named[] =>
  (node as Partial<Record<List, readonly Named[]>>)[list] ?? [];

/** Directives of types that say how to find a record. The others are the contract’s own. */
const isKey = ({ name }: ConstDirectiveNode): boolean => name.value === 'key';

const keyFields = (directive: ConstDirectiveNode): string =>
  readArguments<{ fields?: string }>(directive).fields ?? '';

/** What a type has beyond a known one: an extension with it, or nothing. */
function findExtension(known: PlainType, node: PlainType): TypeExtensionNode | undefined {
  if (known.kind !== node.kind) return undefined;
  const more = lists.flatMap((list) => {
    const names = new Set(listOf(known, list).map(({ name }) => name.value));
    const added = listOf(node, list).filter(({ name }) => !names.has(name.value));
    return added.length > 0 ? [[list, added] as const] : [];
  });
  const keys = new Set((known.directives ?? []).filter(isKey).map(keyFields));
  const directives = (node.directives ?? [])
    .filter(isKey)
    .filter((directive) => !keys.has(keyFields(directive)));
  if (more.length === 0 && directives.length === 0) return undefined;
  return {
    kind: node.kind.replace(/Definition$/, 'Extension'),
    name: node.name,
    directives,
    ...Object.fromEntries(more),
  } as unknown as TypeExtensionNode;
}

/** Adds the arguments that a known field does not have. */
function addArguments(node: DefinitionNode, more: PlainDocument): DefinitionNode {
  if (!('fields' in node) || !(isTypeDefinitionNode(node) || isTypeExtensionNode(node))) {
    return node;
  }
  const other = more.get(node.name.value);
  if (!other) return node;
  const byName = new Map(listOf(other, 'fields').map((field) => [field.name.value, field]));
  const fields = (node.fields ?? []).map((field) => {
    if (field.kind !== Kind.FIELD_DEFINITION) return field;
    const same = byName.get(field.name.value) as FieldDefinitionNode | undefined;
    const known = new Set((field.arguments ?? []).map(({ name }) => name.value));
    const added = (same?.arguments ?? []).filter(
      (argument: InputValueDefinitionNode) => !known.has(argument.name.value),
    );
    return added.length === 0
      ? field
      : { ...field, arguments: [...(field.arguments ?? []), ...added] };
  });
  return { ...node, fields } as DefinitionNode;
}

const federation = /\/federation\/v/;
const ofGraphQL = ['deprecated', 'specifiedBy', 'oneOf'];

/** The names of all directives that definitions use. */
function listDirectives(definitions: readonly DefinitionNode[]): Set<string> {
  const names = new Set<string>();
  visit(
    { kind: Kind.DOCUMENT, definitions },
    { Directive: ({ name }) => void (ofGraphQL.includes(name.value) || names.add(name.value)) },
  );
  return names;
}

/** Imports the directives that the additions use. */
function importDirectives(node: DefinitionNode, used: ReadonlySet<string>): DefinitionNode {
  if (node.kind !== Kind.SCHEMA_EXTENSION && node.kind !== Kind.SCHEMA_DEFINITION) return node;
  const directives = (node.directives ?? []).map((directive) => {
    const link = readArguments<{ url?: string; import?: readonly string[] }>(directive);
    if (directive.name.value !== 'link' || !federation.test(link.url ?? '')) return directive;
    const names = [...new Set([...(link.import ?? []), ...[...used].map((name) => `@${name}`)])];
    const text = `extend schema @link(url: ${JSON.stringify(link.url)}, import: ${JSON.stringify(names)})`;
    const [extension] = parse(text, { noLocation: true }).definitions;
    return (extension as SchemaExtensionNode).directives?.[0] ?? directive;
  });
  return { ...node, directives };
}

/**
 * Adds to a schema what another one has beyond it: types, fields, arguments, values, keys. What
 * both have stays as the first one says. If there is nothing to add, it is the same text.
 */
export function extendSchema(sdl: string, more: PlainDocument): string {
  const document = parse(sdl, { noLocation: true });
  const known = readPlainDocument(document);
  const additions: DefinitionNode[] = [...more].flatMap(([name, node]): DefinitionNode[] => {
    const same = known.get(name);
    if (!same) return [node];
    const extension = findExtension(same, node);
    return extension ? [extension] : [];
  });
  const restated = document.definitions.map((node) => addArguments(node, more));
  const isSame = restated.every(
    (node, index) => print(node) === print(document.definitions[index] ?? node),
  );
  if (additions.length === 0 && isSame) return sdl;
  const used = listDirectives(additions);
  const definitions = [...restated.map((node) => importDirectives(node, used)), ...additions];
  return `${print({ kind: Kind.DOCUMENT, definitions })}\n`;
}
