import { Kind, parse, type SelectionSetNode } from 'graphql';
import type { ComposedGraph } from './composed-graph.js';

/** The coordinates of all fields that a field set of a type selects, at any depth. */
export function listCoordinates(
  { types }: ComposedGraph,
  type: string,
  fieldSet: string,
): readonly string[] {
  const found = new Set<string>();
  const walk = (name: string, { selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) {
        walk(node.typeCondition?.name.value ?? name, node.selectionSet);
      } else if (node.kind === Kind.FIELD) {
        const field = node.name.value;
        if (field !== '__typename') found.add(`${name}.${field}`);
        const next = types.get(name)?.fields.get(field)?.leadsTo;
        if (node.selectionSet && next !== undefined) walk(next, node.selectionSet);
      }
    }
  };
  const [node] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (node?.kind === Kind.OPERATION_DEFINITION) walk(type, node.selectionSet);
  return [...found];
}
