import { Kind, parse, print, type ASTNode, type ConstDirectiveNode } from 'graphql';

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

/**
 * Returns a function that finds how a contract defines an element: a type with all its extensions, a field, a value, a
 * directive. Empty if it does not.
 */
export function readDefinitions(sdl: string): (element: string) => string {
  const definitions = new Map<string, string>();
  const add = (element: string, node: ASTNode) =>
    definitions.set(element, `${definitions.get(element) ?? ''}${print(node)}`);
  for (const node of parse(sdl, { noLocation: true }).definitions) {
    if (!('name' in node) || !node.name) continue;
    const { value } = node.name;
    add(node.kind === Kind.DIRECTIVE_DEFINITION ? `@${value}` : value, node);
    for (const member of membersOf(node)) add(`${value}.${member.name.value}`, member);
  }
  // An argument is a part of its field.
  return (element) => definitions.get(element.replace(/\(.*$/, '')) ?? '';
}
