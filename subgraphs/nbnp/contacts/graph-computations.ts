/** The largest number of shortest paths in a result. */
export const mostPaths = 20;

/**
 * An undirected graph without weights. Its nodes are 0 to `order` - 1, in the order of the actors.
 */
export interface GraphData {
  readonly order: number;
  /** The two ends of each edge, one edge after the other. */
  readonly edges: Uint32Array;
}

/** What to compute over a graph. Nodes are numbers. */
export type GraphComputation =
  | { readonly kind: 'centralities' }
  | { readonly kind: 'paths'; readonly from: number; readonly to: number }
  | { readonly kind: 'around'; readonly node: number; readonly distance: number };

/** Of each node. */
export interface CentralityNumbers {
  readonly degree: readonly number[];
  readonly betweenness: readonly number[];
  readonly component: readonly number[];
}

export interface GraphResults {
  readonly centralities: CentralityNumbers;
  /** The first of all shortest paths, compared node by node. */
  readonly paths: readonly (readonly number[])[];
  /** The nodes within the distance, in ascending order. */
  readonly around: readonly number[];
}

export type GraphResult<Computation extends GraphComputation> = GraphResults[Computation['kind']];
