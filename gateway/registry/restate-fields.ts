import {
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  parse,
  print,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
} from 'graphql';
import { NetworkError } from './network.js';

/** The fields of each type of a text, by their coordinates: `Query.contacts`. */
function listFields({ definitions }: DocumentNode): Map<string, FieldDefinitionNode> {
  const fields = new Map<string, FieldDefinitionNode>();
  for (const node of definitions) {
    if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) continue;
    if (!('fields' in node)) continue;
    for (const field of node.fields ?? []) {
      if (field.kind === Kind.FIELD_DEFINITION)
        fields.set(`${node.name.value}.${field.name.value}`, field);
    }
  }
  return fields;
}

/** Whether a directive is as agreed, apart from further arguments. */
const isDirectiveKept = (agreed: ConstDirectiveNode, again: ConstDirectiveNode): boolean => {
  const given = new Set(again.arguments?.map((argument) => print(argument)));
  return (
    agreed.name.value === again.name.value &&
    (agreed.arguments ?? []).every((argument) => given.has(print(argument)))
  );
};

/**
 * Throws unless a field is as agreed, apart from further optional arguments, further directives and
 * further arguments of its directives.
 */
function checkRestated(
  coordinate: string,
  agreed: FieldDefinitionNode,
  again: FieldDefinitionNode,
): void {
  const texts = ({ arguments: args = [] }: FieldDefinitionNode) =>
    new Map(
      args.map((argument) => [argument.name.value, print({ ...argument, description: undefined })]),
    );
  const [before, after] = [texts(agreed), texts(again)];
  const isKept =
    print(agreed.type) === print(again.type) &&
    (agreed.directives ?? []).every((one) =>
      again.directives?.some((other) => isDirectiveKept(one, other)),
    ) &&
    [...before].every(([name, text]) => after.get(name) === text);
  const isOptional = (again.arguments ?? []).every(
    ({ name, type, defaultValue }) =>
      before.has(name.value) || type.kind !== Kind.NON_NULL_TYPE || defaultValue !== undefined,
  );
  if (isKept && isOptional) return;
  throw new NetworkError(
    `The additions to the contract state ${coordinate} again: they may add optional arguments, directives and their arguments, and change nothing else.`,
  );
}

interface Range {
  readonly start: number;
  readonly end: number;
}

const rangeOf = ({ loc }: FieldDefinitionNode): Range => ({
  start: loc?.start ?? 0,
  end: loc?.end ?? 0,
});

/** Replaces ranges of a text, the last one first, so that the earlier ones stay valid. */
function replace(text: string, pieces: readonly (Range & { readonly by: string })[]): string {
  return pieces
    .toSorted((a, b) => b.start - a.start)
    .reduce((left, { start, end, by }) => left.slice(0, start) + by + left.slice(end), text);
}

/**
 * Replaces each field of a contract that its additions repeat with further arguments. GraphQL has no
 * other way to add an argument. Everything else stays as it is written.
 * @returns the agreed text and the additions
 * @throws {@link NetworkError} if anything else of the field differs
 */
export function restateFields(agreed: string, additions: string): readonly [string, string] {
  const known = listFields(parse(agreed));
  const inAgreed: (Range & { readonly by: string })[] = [];
  const inAdditions: (Range & { readonly by: string })[] = [];
  for (const [coordinate, again] of listFields(parse(additions))) {
    const field = known.get(coordinate);
    if (!field) continue;
    checkRestated(coordinate, field, again);
    const { start, end } = rangeOf(again);
    inAgreed.push({ ...rangeOf(field), by: additions.slice(start, end) });
    inAdditions.push({ start, end, by: '' });
  }
  const without = replace(additions, inAdditions);
  // An extension that only restates fields is empty now, which GraphQL does not allow.
  return [
    replace(agreed, inAgreed),
    without.replaceAll(/^extend (?:type|interface) \w+ \{\s*\}$/gm, ''),
  ];
}
