import { formOfScalar } from '@hub/shared/graphql';
import { readersIn } from '@hub/shared/policy';
import {
  Kind,
  parse,
  print,
  visit,
  type ASTNode,
  type ConstDirectiveNode,
  type NameNode,
  type StringValueNode,
} from 'graphql';
import type { Descriptions } from './contracts.js';

const toNode = (value: string): StringValueNode => ({ kind: Kind.STRING, value, block: true });

/** The coordinate of a definition, by the definitions around it; undefined for what is none. */
function coordinateOf(node: ASTNode, around: readonly ASTNode[]): string | undefined {
  if (!('name' in node) || !node.name) return undefined;
  const names = [...around, node].map((one) =>
    'name' in one ? (one.name as NameNode) : undefined,
  );
  const [type = '', field = '', arg = ''] = names.flatMap((name) => name?.value ?? []);
  switch (names.length) {
    case 1:
      return type;
    case 2:
      return `${type}.${field}`;
    default:
      return `${type}.${field}(${arg}:)`;
  }
}

/** The longer of two texts, and what both say about readers. */
function joinTexts(one: string, other: string): string {
  const [longer, shorter] = other.length > one.length ? [other, one] : [one, other];
  const readers = readersIn(shorter);
  const who = readers.replace(/^\w+ by: /, '');
  if (readers === '' || readersIn(longer).includes(who)) return longer;
  return readersIn(longer) === ''
    ? `${longer}\n\n${readers}`
    : `${longer} Or, at another owner: ${who}`;
}

/** A text with the rule of its type, which holds for a field that says no other. */
function withRule(coordinate: string, text: string, all: Descriptions): string {
  const [type = ''] = coordinate.split('.');
  const rule = coordinate.includes('(') ? '' : readersIn(all[type] ?? '');
  return readersIn(text) === '' && rule !== '' ? `${text}\n\n${rule}` : text;
}

const isDefinition = ({ kind }: ASTNode): boolean => kind.endsWith('Definition');

/** Names the specification of a scalar whose form is known, unless a contract names one. */
function specify(node: ASTNode): ASTNode {
  if (node.kind !== Kind.SCALAR_TYPE_DEFINITION) return node;
  const url = formOfScalar(node.name.value)?.specifiedBy;
  const { directives = [] } = node;
  if (url === undefined || directives.some(({ name }) => name.value === 'specifiedBy')) return node;
  const specified: ConstDirectiveNode = {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: 'specifiedBy' },
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'url' },
        value: { kind: Kind.STRING, value: url },
      },
    ],
  };
  return { ...node, directives: [...directives, specified] };
}

/**
 * Gives the elements of a supergraph the descriptions of its contracts. What several contracts describe has the longest of
 * their texts, and who reads it at each owner; what none describes keeps its own. A scalar also gets the address of its
 * specification, for code generators.
 */
export function describeSupergraph(
  supergraphSdl: string,
  descriptions: readonly Descriptions[],
): string {
  if (descriptions.length === 0) return supergraphSdl;
  const texts = new Map<string, string>();
  const marked = new Set(
    descriptions.flatMap((one) =>
      Object.keys(one).filter((coordinate) => readersIn(one[coordinate] ?? '') !== ''),
    ),
  );
  for (const one of descriptions)
    for (const [coordinate, text] of Object.entries(one)) {
      // One owner names the readers of the field, so the others have to.
      const whole = marked.has(coordinate) ? withRule(coordinate, text, one) : text;
      texts.set(coordinate, joinTexts(texts.get(coordinate) ?? '', whole));
    }
  const described = visit(parse(supergraphSdl, { noLocation: true }), {
    enter(node, _key, _parent, _path, ancestors) {
      if (!isDefinition(node)) return undefined;
      const around = ancestors.filter(
        (one): one is ASTNode => !Array.isArray(one) && isDefinition(one as ASTNode),
      );
      const text = texts.get(coordinateOf(node, around) ?? '');
      const described = text === undefined ? undefined : { ...node, description: toNode(text) };
      return node.kind === Kind.SCALAR_TYPE_DEFINITION ? specify(described ?? node) : described;
    },
  });
  return print(described);
}
