import { UndirectedGraph } from 'graphology';
import { connectedComponents } from 'graphology-components';
import { betweenness } from 'graphology-metrics/centrality/index.js';
import { brandes, singleSourceLength } from 'graphology-shortest-path/unweighted.js';
import {
  mostPaths,
  type CentralityNumbers,
  type GraphComputation,
  type GraphData,
  type GraphResults,
} from './graph-computations.js';

function buildGraph({ order, edges }: GraphData): UndirectedGraph {
  const graph = new UndirectedGraph();
  for (let node = 0; node < order; node += 1) graph.addNode(node);
  for (let end = 0; end < edges.length; end += 2) graph.addEdge(edges[end], edges[end + 1]);
  return graph;
}

/** The order of addition changes the last digits of a sum. Rounding makes equal results equal. */
const rounded = (value: number): number => Number(value.toFixed(12));

/**
 * Numbers the components from 1, largest first. Of equally large ones, the one with the smallest
 * node comes first.
 */
function numberComponents(graph: UndirectedGraph): Map<string, number> {
  const components = connectedComponents(graph).map((nodes) => ({
    nodes,
    first: Math.min(...nodes.map(Number)),
  }));
  components.sort((a, b) => b.nodes.length - a.nodes.length || a.first - b.first);
  return new Map(
    components.flatMap(({ nodes }, index) => nodes.map((node) => [node, index + 1] as const)),
  );
}

/**
 * graphology-indices 0.17 keeps the end of its list of neighbours in an array for numbers below 256
 * or 65,536. With exactly as many, the last node has no neighbours.
 */
const miscounted: readonly number[] = [256 / 2, 65_536 / 2];

/** For each node, the share of the pairs of other nodes that have it on their shortest paths. */
function measureBetweenness(graph: UndirectedGraph): number[] {
  const nodes = graph.nodes();
  const pairs = ((nodes.length - 1) * (nodes.length - 2)) / 2;
  // One more edge makes another number, and lies on no path of the other nodes.
  if (miscounted.includes(graph.size)) graph.mergeEdge('extra', 'other extra');
  const sums = betweenness(graph, { getEdgeWeight: null, normalized: false });
  return nodes.map((node) => (pairs === 0 ? 0 : rounded((sums[node] ?? 0) / pairs)));
}

function measureCentralities(graph: UndirectedGraph): CentralityNumbers {
  const components = numberComponents(graph);
  const nodes = graph.nodes();
  return {
    degree: nodes.map((node) => graph.degree(node)),
    component: nodes.map((node) => components.get(node) ?? 0),
    // Last, because it may add to the graph.
    betweenness: measureBetweenness(graph),
  };
}

/**
 * For each node the library lists the nodes that are one step nearer to the target. Every path
 * along them is a shortest path.
 */
function listPaths(graph: UndirectedGraph, from: number, to: number): number[][] {
  const [, nearer] = brandes(graph, String(to));
  const steps = (node: number) => (nearer[node] ?? []).map(Number).sort((a, b) => a - b);
  const paths: number[][] = [];
  const walk = (path: readonly number[], node: number): void => {
    if (paths.length === mostPaths) return;
    if (node === to) paths.push([...path, node]);
    else for (const next of steps(node)) walk([...path, node], next);
  };
  walk([], from);
  return paths;
}

function listAround(graph: UndirectedGraph, node: number, most: number): number[] {
  return Object.entries(singleSourceLength(graph, String(node)))
    .filter(([, distance]) => distance <= most)
    .map(([other]) => Number(other))
    .sort((a, b) => a - b);
}

/**
 * Computes over a graph with graphology’s algorithms. This can take seconds for a large graph.
 */
export function computeGraph(
  data: GraphData,
  computation: GraphComputation,
): GraphResults[keyof GraphResults] {
  const graph = buildGraph(data);
  switch (computation.kind) {
    case 'centralities':
      return measureCentralities(graph);
    case 'paths':
      return listPaths(graph, computation.from, computation.to);
    case 'around':
      return listAround(graph, computation.node, computation.distance);
  }
}
