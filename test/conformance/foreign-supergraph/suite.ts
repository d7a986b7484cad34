import type { createSubgraphServer } from '../subgraph-server.js';

type Resolvers = Parameters<typeof createSubgraphServer>[1];

/** One behaviour of a federation, shown on subgraphs that know nothing of this hub. */
export interface Suite {
  /** What the behaviour is: it completes “the hub answers like the plain engine over …”. */
  readonly name: string;
  /** By subgraph name. */
  readonly subgraphs: Readonly<
    Record<string, { readonly typeDefs: string; readonly resolvers: Resolvers }>
  >;
  readonly operations: readonly Operation[];
  /**
   * How one server would resolve the whole graph, where the plain engine does it wrongly: drawn
   * operations are held to this instead. A field without a resolver is a property of its object.
   */
  readonly monolith?: Resolvers;
  /** Subgraphs at whose address nobody listens. */
  readonly away?: readonly string[];
}

type Operation =
  | string
  | {
      readonly query: string;
      readonly variables?: Readonly<Record<string, unknown>>;
      /** The plain engine’s answer has errors. Otherwise it has none: a suite that fails there shows nothing. */
      readonly hasErrors?: boolean;
      /** The plain engine loses something below a non-null field, and has no error. */
      readonly isSilentElsewhere?: boolean;
      /** What is answered, where the plain engine loses some of it. */
      readonly data?: unknown;
    };

export const federation = (version: string, ...imports: readonly string[]): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v${version}", import: ${JSON.stringify(imports)})`;

/** Resolves references among records that all have the fields of their key. */
export const find =
  <Row extends Record<string, unknown>>(rows: readonly Row[], ...keys: readonly string[]) =>
  (reference: Record<string, unknown>): Row | null =>
    rows.find((row) =>
      keys.some((key) => reference[key] !== undefined && reference[key] === row[key]),
    ) ?? null;
