import type { syntaxTree } from '@codemirror/language';
import type { Text } from '@codemirror/state';

/** A place in a parsed text. */
export type SyntaxNode = ReturnType<typeof syntaxTree>['topNode'];

/** A step into JSON: the name of a property, or the index of an item. */
export type Step = string | number;

/** The name of a property, which may still have no end. */
function readName(node: SyntaxNode, doc: Text): string {
  const text = doc.sliceString(node.from, node.to);
  try {
    return String(JSON.parse(text));
  } catch {
    return text.replace(/^"/, '');
  }
}

const isValue = ({ name }: SyntaxNode): boolean =>
  ['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null'].includes(name);

const childrenOf = (node: SyntaxNode): SyntaxNode[] => {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
};

const nameIn = (property: SyntaxNode): SyntaxNode | undefined =>
  childrenOf(property).find(({ name }) => name === 'PropertyName');

/** The properties that an object has already. */
export const listNames = (object: SyntaxNode, doc: Text): string[] =>
  childrenOf(object).flatMap((property) => {
    const name = nameIn(property);
    return name ? [readName(name, doc)] : [];
  });

/** The way from the whole JSON to a place in it. */
export function pathTo(place: SyntaxNode, doc: Text): Step[] {
  const path: Step[] = [];
  for (let node: SyntaxNode | null = place; node; node = node.parent) {
    if (node.name === 'Property') {
      const name = nameIn(node);
      if (name) path.unshift(readName(name, doc));
    } else if (node.parent?.name === 'Array') {
      const before = childrenOf(node.parent).filter(isValue);
      path.unshift(before.findIndex(({ from, to }) => from === node?.from && to === node.to));
    }
  }
  return path;
}

function step(value: SyntaxNode, by: Step, doc: Text): SyntaxNode | undefined {
  if (typeof by === 'number') return childrenOf(value).filter(isValue)[by];
  return childrenOf(value).findLast((property) => {
    const name = nameIn(property);
    return name !== undefined && readName(name, doc) === by;
  });
}

/** The deepest place of the JSON on a path: a value, or the name of its property. */
export function findPlace(
  root: SyntaxNode,
  path: readonly Step[],
  doc: Text,
): { readonly from: number; readonly to: number } {
  let place = childrenOf(root).find(isValue) ?? root;
  let shown: { readonly from: number; readonly to: number } = place;
  for (const by of path) {
    const found = step(place, by, doc);
    if (!found) break;
    const value = found.name === 'Property' ? childrenOf(found).findLast(isValue) : found;
    shown = value ?? found;
    if (!value) break;
    place = value;
  }
  return { from: shown.from, to: shown.to };
}
