import type { ComposedGraph } from './composed-graph.js';

/** What a rule compares. */
interface LawCase {
  /** The subgraph whose new schema is judged. */
  readonly candidate: string;
  /** The graph by the contracts, and by what other partners have published. */
  readonly before: ComposedGraph;
  /** The graph with the candidate’s schema in the place of its contract. */
  readonly after: ComposedGraph;
}

/** What a published schema may not do. */
export interface Refusal {
  /** The name of the rule, as a consent names it. */
  readonly rule: string;
  /** The schema coordinate of what another partner owns, as a consent names it: `Group.title`. */
  readonly element: string;
  /** Where the schema does it. @default at the element */
  readonly at?: string;
  /** The subgraphs that own the element. Their consent lifts the refusal. None: nothing lifts it. */
  readonly owners: readonly string[];
  readonly message: string;
  /** What would be accepted. */
  readonly accepted: string;
}

/** One rule of the ownership law. It finds what the candidate’s contract does not contain. */
export type Rule = (given: LawCase) => Refusal[];

/** What an owner lets another partner’s schema do. */
export interface Consent {
  /** The subgraph that owns the element. */
  readonly owner: string;
  readonly rule: string;
  readonly element: string;
}
