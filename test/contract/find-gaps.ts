import {
  Kind,
  parse,
  print,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';

type TypeNode = TypeDefinitionNode | TypeExtensionNode;

interface NamedNode {
  readonly name: { readonly value: string };
}

/** What decides how the graph is planned. Where a type is `@shareable`, each of its fields is. */
const federationDirectives = ['key', 'external', 'requires', 'provides', 'shareable'];

const isType = (node: { readonly kind: Kind }): node is TypeNode =>
  /Type(Definition|Extension)$/.test(node.kind);

/** Everything that an SDL says of each type; extensions count as the type itself. */
function readTypes(sdl: string): Map<string, TypeNode[]> {
  const types = new Map<string, TypeNode[]>();
  for (const node of parse(sdl).definitions) {
    if (isType(node)) types.set(node.name.value, [...(types.get(node.name.value) ?? []), node]);
  }
  return types;
}

const membersOf = <Node>(nodes: readonly TypeNode[], list: string): Node[] =>
  nodes.flatMap(
    (node) => ((node as unknown as Record<string, readonly Node[]>)[list] ?? []) as Node[],
  );

const byName = <Node extends NamedNode>(nodes: readonly Node[]): Map<string, Node> =>
  new Map(nodes.map((node) => [node.name.value, node]));

const describeValue = ({ type, defaultValue }: InputValueDefinitionNode) =>
  print(type) + (defaultValue ? ` = ${print(defaultValue)}` : '');

function describeDirectives(
  nodes: readonly { readonly directives?: readonly ConstDirectiveNode[] }[],
): string[] {
  return nodes
    .flatMap(({ directives = [] }) => directives)
    .filter(({ name }) => federationDirectives.includes(name.value))
    .map(print)
    .sort();
}

/** The names that the contract has and the schema has not, and what is said of those that both have. */
function compareNames<Node extends NamedNode>(
  place: string,
  agreed: readonly Node[],
  offered: readonly Node[],
  compare: (agreed: Node, offered: Node, place: string) => string[] = () => [],
): string[] {
  const there = byName(offered);
  return agreed.flatMap((node) => {
    const at = place ? `${place}.${node.name.value}` : node.name.value;
    const same = there.get(node.name.value);
    return same ? compare(node, same, at) : [`${at} is missing`];
  });
}

const compareText = (place: string, agreed: string, offered: string) =>
  agreed === offered ? [] : [`${place} is ${agreed} in the contract, and ${offered} here`];

function compareValues(
  place: string,
  agreed: readonly InputValueDefinitionNode[],
  offered: readonly InputValueDefinitionNode[],
): string[] {
  const known = byName(agreed);
  const demanded = offered.filter(
    ({ name, type, defaultValue }) =>
      !known.has(name.value) && type.kind === Kind.NON_NULL_TYPE && !defaultValue,
  );
  return [
    ...compareNames(place, agreed, offered, (one, other, at) =>
      compareText(at, describeValue(one), describeValue(other)),
    ),
    ...demanded.map(
      ({ name }) => `${place}.${name.value} is demanded here, and not in the contract`,
    ),
  ];
}

function compareFields(
  place: string,
  agreed: readonly TypeNode[],
  offered: readonly TypeNode[],
): string[] {
  const shared = (nodes: readonly TypeNode[]) =>
    describeDirectives(nodes).filter((text) => text === '@shareable');
  const directivesOf = (field: FieldDefinitionNode, nodes: readonly TypeNode[]) =>
    [...new Set([...describeDirectives([field]), ...shared(nodes)])].sort().join(' ') || 'plain';
  return compareNames(
    place,
    membersOf<FieldDefinitionNode>(agreed, 'fields'),
    membersOf<FieldDefinitionNode>(offered, 'fields'),
    (one, other, at) => [
      ...compareText(at, print(one.type), print(other.type)),
      ...compareText(at, directivesOf(one, agreed), directivesOf(other, offered)),
      ...compareValues(`${at}()`, one.arguments ?? [], other.arguments ?? []),
    ],
  );
}

const notResolvable = ', resolvable: false)';

/** A key that an addition makes resolvable no longer counts as one that is not. */
function describeKeys(nodes: readonly TypeNode[]): string {
  const all = describeDirectives(nodes).filter((text) => text !== '@shareable');
  const isOutdated = (text: string) =>
    text.endsWith(notResolvable) && all.includes(text.replace(notResolvable, ')'));
  return all.filter((text) => !isOutdated(text)).join(' ') || 'plain';
}

function compareTypes(
  place: string,
  agreed: readonly TypeNode[],
  offered: readonly TypeNode[],
): string[] {
  const kindOf = ([node]: readonly TypeNode[]) =>
    node?.kind.replace(/Extension$/, 'Definition') ?? 'none';
  if (kindOf(agreed) !== kindOf(offered))
    return compareText(place, kindOf(agreed), kindOf(offered));
  const lists = (list: string) =>
    compareNames<NamedNode>(place, membersOf(agreed, list), membersOf(offered, list));
  const isInput = kindOf(agreed) === Kind.INPUT_OBJECT_TYPE_DEFINITION;
  return [
    ...compareText(place, describeKeys(agreed), describeKeys(offered)),
    ...lists('interfaces'),
    ...lists('types'),
    ...lists('values'),
    ...(isInput
      ? compareValues(place, membersOf(agreed, 'fields'), membersOf(offered, 'fields'))
      : compareFields(place, agreed, offered)),
  ];
}

/**
 * What a schema lacks, renames or retypes of its contract: nothing, or a sentence each, by coordinate. It may offer
 * more, and describe in its own words.
 */
export function findGaps(contract: string, schema: string): string[] {
  const offered = readTypes(schema);
  return [...readTypes(contract)].flatMap(([name, agreed]) => {
    const nodes = offered.get(name);
    return nodes ? compareTypes(name, agreed, nodes) : [`${name} is missing`];
  });
}
