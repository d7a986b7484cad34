import { isTypeDefinitionNode, isTypeExtensionNode, type DocumentNode } from 'graphql';

interface Located {
  readonly name?: { readonly value: string };
  readonly loc?: { readonly startToken: { readonly line: number; readonly column: number } };
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
