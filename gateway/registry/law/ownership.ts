import type { ComposedField, ComposedGraph } from './composed-graph.js';
import { listCoordinates } from './field-set.js';

const rootTypes = ['Query', 'Mutation', 'Subscription'];

export const isRoot = (type: string): boolean => rootTypes.includes(type);

function findField({ types }: ComposedGraph, coordinate: string): ComposedField | undefined {
  const [type = '', field = ''] = coordinate.split('.');
  return types.get(type)?.fields.get(field);
}

/** The subgraphs that resolve a field. Only they own it. */
export const ownersOfField = (graph: ComposedGraph, coordinate: string): readonly string[] => [
  ...new Set(
    (findField(graph, coordinate)?.parts ?? [])
      .filter(({ external }) => !external)
      .map(({ graph }) => graph),
  ),
];

/** The subgraphs that define an element: a type, a field, an argument, an enum value. */
export function ownersOfElement(graph: ComposedGraph, element: string): readonly string[] {
  const [coordinate = ''] = element.split('(');
  const [name = '', member] = coordinate.split('.');
  const type = graph.types.get(name);
  if (!type) return [];
  if (member === undefined) return [...new Set(type.parts.map(({ graph }) => graph))];
  return type.values.get(member) ?? ownersOfField(graph, coordinate);
}

/** The fields in the keys that a type’s other subgraphs declare. They identify it for everybody. */
export function listKeyFields(
  graph: ComposedGraph,
  type: string,
  candidate: string,
): ReadonlySet<string> {
  const parts = graph.types.get(type)?.parts ?? [];
  return new Set(
    parts.flatMap(({ graph: name, key }) =>
      key === undefined || name === candidate ? [] : listCoordinates(graph, type, key),
    ),
  );
}
