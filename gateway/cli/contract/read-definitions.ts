import { Kind, parse, print, visit, type ASTNode, type ConstDirectiveNode } from 'graphql';

interface Member {
  readonly name: { readonly value: string };
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** The fields and values of a type, without those that another contract defines. */
function membersOf(node: ASTNode): readonly (ASTNode & Member)[] {
  const members = 'fields' in node ? node.fields : 'values' in node ? node.values : undefined;
  return ((members ?? []) as readonly (ASTNode & Member)[]).filter(
    ({ directives = [] }) => !directives.some(({ name }) => name.value === 'external'),
  );
}

/** An element without its descriptions, and without whether it is deprecated. */
export const printUndescribed = (node: ASTNode): string =>
  print(
    visit(node, {
      enter: (one) => ('description' in one ? { ...one, description: undefined } : undefined),
      Directive: ({ name }) => (name.value === 'deprecated' ? null : undefined),
    }),
  );

/**
 * What composition merges of an element: the type and the arguments of a field, otherwise only what kind of element it
 * is, defined or extended.
 */
export function printShape(node: ASTNode): string {
  if (!('type' in node)) return node.kind.replace('Extension', 'Definition');
  const bare = visit(node, {
    Directive: () => null,
    FieldDefinition: {
      leave: (field) => ({
        ...field,
        arguments: field.arguments?.toSorted((a, b) => a.name.value.localeCompare(b.name.value)),
      }),
    },
  });
  return printUndescribed(bare);
}

/**
 * Returns a function that finds how a contract defines an element: a type with all its extensions, a field, a value, a
 * directive. Empty if it does not.
 */
export function readDefinitions(
  sdl: string,
  printNode: (node: ASTNode) => string = print,
): (element: string) => string {
  const definitions = new Map<string, Set<string>>();
  const add = (element: string, node: ASTNode) =>
    definitions.set(element, (definitions.get(element) ?? new Set()).add(printNode(node)));
  for (const node of parse(sdl, { noLocation: true }).definitions) {
    if (!('name' in node) || !node.name) continue;
    const { value } = node.name;
    add(node.kind === Kind.DIRECTIVE_DEFINITION ? `@${value}` : value, node);
    for (const member of membersOf(node)) add(`${value}.${member.name.value}`, member);
  }
  // An argument is a part of its field.
  return (element) => [...(definitions.get(element.replace(/\(.*$/, '')) ?? [])].join('');
}
