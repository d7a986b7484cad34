import {
  Kind,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DefinitionNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';

/** A type of a supergraph that has fields. */
export type TypeNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

export const isTypeNode = (node: DefinitionNode): node is TypeNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;

/** The types of a supergraph that have fields, by name. */
export const readTypes = ({ definitions }: DocumentNode): Map<string, TypeNode> =>
  new Map(definitions.filter(isTypeNode).map((node) => [node.name.value, node]));

/** The value of a directive’s argument as text: of a string or enum value, or `true` or `false`. */
export function readArgument(
  directive: ConstDirectiveNode,
  name: string,
): string | boolean | undefined {
  const value = findValue(directive, name);
  return value && 'value' in value ? value.value : undefined;
}

/** The directive with another string value for an argument that it has. */
export const withArgument = (
  directive: ConstDirectiveNode,
  name: string,
  value: string,
): ConstDirectiveNode => ({
  ...directive,
  arguments: directive.arguments?.map((argument) =>
    argument.name.value === name ? { ...argument, value: { kind: Kind.STRING, value } } : argument,
  ),
});

/** The subgraphs of a supergraph, by the values of `join__Graph`. */
export function readSubgraphNames({ definitions }: DocumentNode): ReadonlyMap<unknown, string> {
  const names = new Map<unknown, string>();
  for (const node of definitions) {
    if (node.kind !== Kind.ENUM_TYPE_DEFINITION || node.name.value !== 'join__Graph') continue;
    for (const { name, directives = [] } of node.values ?? []) {
      const [subgraph] = directives.map((directive) => readArgument(directive, 'name'));
      names.set(name.value, String(subgraph));
    }
  }
  return names;
}

const findValue = (directive: ConstDirectiveNode, name: string): ConstValueNode | undefined =>
  directive.arguments?.find((argument) => argument.name.value === name)?.value;
