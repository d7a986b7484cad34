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
    lineEnd !== -1 && `${query.slice(lineStart, from)}${query.slice(to, lineEnd)}`.trim() === '';
  if (isAlone) return { from: lineStart, to: lineEnd + 1, text: '' };
  const isSpaced = /[\s,]/.test(query[from - 1] ?? '');
  return { from: isSpaced ? from - 1 : from, to, text: '' };
}

/** Stands for what the reader has not chosen yet: a selection is never empty. */
const isPlaceholder = (node: SelectionSetNode['selections'][number]): boolean =>
  node.kind === Kind.FIELD && node.name.value === '__typename' && !node.alias;

/** Writes a field at the end of a selection, in the form that this has. */
export function insert(query: string, set: SelectionSetNode, selected: Selected): readonly Edit[] {
  const close = placeOf(set).to - 1;
  const lineStart = query.lastIndexOf('\n', close - 1) + 1;
  const indent = query.slice(lineStart, close);
  const [only, ...others] = set.selections;
  const edits = only && others.length === 0 && isPlaceholder(only) ? [cut(query, only)] : [];
  if (indent.trim() === '')
    return [
      ...edits,
      { from: lineStart, to: lineStart, text: writeLines(selected, `${indent}  `) },
    ];
  const space = /\s/.test(query[close - 1] ?? '') ? '' : ' ';
  return [...edits, { from: close, to: close, text: `${space}${writeLine(selected)} ` }];
}
