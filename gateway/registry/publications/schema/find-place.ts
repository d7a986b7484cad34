import { isTypeDefinitionNode, isTypeExtensionNode, type DocumentNode } from 'graphql';

interface Located {
  readonly name?: { readonly value: string };
  readonly loc?: { readonly startToken: Place; readonly endToken: Place };
  readonly fields?: readonly Located[];
  readonly values?: readonly Located[];
  readonly arguments?: readonly Located[];
}

const find = (all: readonly Located[] = [], name = ''): Located | undefined =>
  all.find((node) => node.name?.value === name);

/**
 * Where a published schema has an element: `Group.title (14:3)`, line and column. An element that
 * the schema does not have is named alone.
 */
export function findPlace({ definitions }: DocumentNode, element: string): string {
  const [, type = '', member, argument] = /^(\w+)(?:\.(\w+)(?:\((\w+):\))?)?/.exec(element) ?? [];
  const types = definitions.filter(
    (node) => (isTypeDefinitionNode(node) || isTypeExtensionNode(node)) && node.name.value === type,
  ) as readonly Located[];
  const members = types.flatMap(({ fields = [], values = [] }) => [...fields, ...values]);
  const found = member === undefined ? types[0] : find(members, member);
  const node = (argument !== undefined && find(found?.arguments, argument)) || found;
  if (!node?.loc) return element;
  const { line, column } = node.loc.startToken;
  return `${element} (${line}:${column})`;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

const isBefore = (one: Place, other: Place): boolean =>
  one.line < other.line || (one.line === other.line && one.column <= other.column);

/** The element at a place of a schema: a field or a value if one is there, else a type. */
export function findElement(
  { definitions }: DocumentNode,
  line: number,
  column: number,
): string | undefined {
  const covers = ({ loc }: Located): boolean =>
    loc !== undefined &&
    isBefore(loc.startToken, { line, column }) &&
    isBefore({ line, column }, loc.endToken);
  const type = definitions.find(covers) as Located | undefined;
  const name = type?.name?.value;
  if (!type || name === undefined) return undefined;
  const member = [...(type.fields ?? []), ...(type.values ?? [])].find(covers)?.name?.value;
  return member === undefined ? name : `${name}.${member}`;
}
