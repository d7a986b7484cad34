import { Kind, type ASTNode, type SelectionSetNode } from 'graphql';
import type { Selected } from './samples.ts';

/** A change of the text: `from` is counted in the text of before. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export const applyEdits = (text: string, edits: readonly Edit[]): string =>
  edits
    .toSorted((one, other) => other.from - one.from || other.to - one.to)
    .reduce((all, edit) => all.slice(0, edit.from) + edit.text + all.slice(edit.to), text);

export const placeOf = ({ loc }: ASTNode): { from: number; to: number } => ({
  from: loc?.start ?? 0,
  to: loc?.end ?? 0,
});

export const writeLine = ({ head, inner }: Selected): string =>
  inner.length === 0 ? head : `${head} { ${inner.map(writeLine).join(' ')} }`;

const writeLines = ({ head, inner }: Selected, indent: string): string =>
  inner.length === 0
    ? `${indent}${head}\n`
    : `${indent}${head} {\n${inner.map((one) => writeLines(one, `${indent}  `)).join('')}${indent}}\n`;

/** Takes a node out, with its line if nothing else stands there. */
export function cut(query: string, node: ASTNode): Edit {
  const { from, to } = placeOf(node);
  const lineStart = query.lastIndexOf('\n', from - 1) + 1;
  const lineEnd = query.indexOf('\n', to);
  const isAlone =
    lineEnd !== -1 && /^[\s,]*$/.test(`${query.slice(lineStart, from)}${query.slice(to, lineEnd)}`);
  if (isAlone) return { from: lineStart, to: lineEnd + 1, text: '' };
  // The space before it goes too, unless it keeps the neighbours apart.
  const space = /^[\s,})]|^$/.test(query.slice(to, to + 1))
    ? (/,?[ \t]?$/.exec(query.slice(lineStart, from))?.[0].length ?? 0)
    : 0;
  return { from: from - space, to, text: '' };
}

/** Stands for what the reader has not chosen yet: a selection is never empty. */
const isPlaceholder = (node: SelectionSetNode['selections'][number]): boolean =>
  node.kind === Kind.FIELD &&
  node.name.value === '__typename' &&
  !node.alias &&
  node.directives?.length === 0;

/**
 * Writes a field at the end of a selection, in the form that this has.
 * @param isOfSeveral whether `__typename` tells the types apart which it can be, and stays
 */
export function insert(
  query: string,
  set: SelectionSetNode,
  selected: Selected,
  isOfSeveral: boolean,
): readonly Edit[] {
  const close = placeOf(set).to - 1;
  const lineStart = query.lastIndexOf('\n', close - 1) + 1;
  const indent = query.slice(lineStart, close);
  const [only, ...others] = set.selections;
  const isReplaced = only && others.length === 0 && isPlaceholder(only) && !isOfSeveral;
  const edits = isReplaced ? [cut(query, only)] : [];
  if (indent.trim() === '')
    return [
      ...edits,
      { from: lineStart, to: lineStart, text: writeLines(selected, `${indent}  `) },
    ];
  const space = /\s/.test(query[close - 1] ?? '') ? '' : ' ';
  return [...edits, { from: close, to: close, text: `${space}${writeLine(selected)} ` }];
}
