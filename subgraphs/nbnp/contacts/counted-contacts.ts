import type { Actor, Contact } from './contact.js';
import { compareEnds } from './count-contacts.js';
import type { GraphData } from './graph-computations.js';

/** Two actors in either order, as one text. */
export const toPair = (one: Actor, other: Actor): string => [one, other].sort().join(' ');

/** The contacts that one filter selects. What is derived from them is computed on first use. */
export class CountedContacts {
  #byStrength: readonly Contact[] | undefined;
  #graph: GraphData | undefined;
  #indices: ReadonlyMap<Actor, number> | undefined;
  #rehearsed: ReadonlySet<string> | undefined;
  #real: ReadonlySet<Actor> | undefined;

  constructor(
    /** Identifies everything from which they were counted. */
    readonly key: string,
    /** Ordered by their two ends. */
    readonly contacts: readonly Contact[],
  ) {}

  /** The strongest first, then by their two ends. */
  get byStrength(): readonly Contact[] {
    return (this.#byStrength ??= this.contacts.toSorted(
      (a, b) => b.strength - a.strength || compareEnds(a, b),
    ));
  }

  /** The pairs that only rehearsals bring together, as `toPair` writes them. */
  get rehearsed(): ReadonlySet<string> {
    return (this.#rehearsed ??= new Set(
      this.contacts.flatMap(({ between, isRehearsal }) => (isRehearsal ? toPair(...between) : [])),
    ));
  }

  /** The actors with a contact that no rehearsal needs. */
  get real(): ReadonlySet<Actor> {
    return (this.#real ??= new Set(
      this.contacts.flatMap(({ between, isRehearsal }) => (isRehearsal ? [] : between)),
    ));
  }

  /** The index of each actor in the graph, ordered by id. */
  get indices(): ReadonlyMap<Actor, number> {
    return (this.#indices ??= new Map(
      [...new Set(this.contacts.flatMap(({ between }) => between))]
        .sort()
        .map((actor, index) => [actor, index]),
    ));
  }

  /** The actors with a contact, ordered by id. */
  get actors(): readonly Actor[] {
    return [...this.indices.keys()];
  }

  get graph(): GraphData {
    return (this.#graph ??= {
      order: this.indices.size,
      edges: Uint32Array.from(
        this.contacts.flatMap(({ between }) =>
          between.map((actor) => this.indices.get(actor) ?? 0),
        ),
      ),
    });
  }
}
