import DataLoader from 'dataloader';
import type { AskHub, PartnerContext } from '../server/index.js';

/** How long another organisation’s fact may decide who reads what, in milliseconds. */
const longestMemoryMs = 60_000;
const mostRemembered = 10_000;

/** How many of the hub’s root fields one question may take. */
const mostAtOnce = 25;

/** A fact of another organisation’s, by the id of what it is about; null where there is no such thing. */
export type ReadFact<Fact> = (context: PartnerContext, id: string) => Promise<Fact | null>;

export interface FactOptions<Fact> {
  /** A root field of the hub’s that takes an `id`: `group`. */
  readonly field: string;
  /** What is asked of it, in braces. */
  readonly selection: string;
  read(answer: Readonly<Record<string, unknown>>): Fact;
}

interface Remembered<Fact> {
  readonly fact: Fact | null;
  readonly until: number;
}

/** What one partner’s server remembers, and what it is asking at present. */
interface Memory<Fact> {
  readonly facts: Map<string, Remembered<Fact>>;
  readonly loader: DataLoader<string, Fact | null>;
}

/**
 * Builds a reader of facts that policies need: asked of the hub under the partner’s own identity, many at a time, and
 * remembered for a minute at most.
 *
 * The reader throws a HubError with a `PARTNER_…` code when the fact is not to be had.
 */
export function createFactReader<Fact>(options: FactOptions<Fact>): ReadFact<Fact> {
  const memories = new WeakMap<AskHub, Memory<Fact>>();
  const memoryOf = (askHub: AskHub): Memory<Fact> => {
    let memory = memories.get(askHub);
    if (!memory) {
      const load = (ids: readonly string[]) => askFacts(askHub, options, ids);
      // The loader gathers what is asked at one time; it remembers nothing.
      const loader = new DataLoader(load, { cache: false, maxBatchSize: mostAtOnce });
      memory = { facts: new Map(), loader };
      memories.set(askHub, memory);
    }
    return memory;
  };
  return async ({ askHub, clock }, id) => {
    const { facts, loader } = memoryOf(askHub);
    const now = clock().getTime();
    const known = facts.get(id);
    if (known && known.until > now) return known.fact;
    const fact = await loader.load(id);
    if (facts.size >= mostRemembered) facts.clear();
    facts.set(id, { fact, until: now + longestMemoryMs });
    return fact;
  };
}

async function askFacts<Fact>(
  askHub: AskHub,
  { field, selection, read }: FactOptions<Fact>,
  ids: readonly string[],
): Promise<(Fact | null)[]> {
  const unique = [...new Set(ids)];
  const variables = unique.map((_, index) => `$id${index}: ID!`).join(', ');
  const fields = unique.map((_, index) => `f${index}: ${field}(id: $id${index}) ${selection}`);
  const answer = await askHub(
    `query PolicyFacts(${variables}) { ${fields.join(' ')} }`,
    Object.fromEntries(unique.map((id, index) => [`id${index}`, id])),
  );
  const found = new Map(
    unique.map((id, index) => {
      const value = answer[`f${index}`] as Readonly<Record<string, unknown>> | null | undefined;
      return [id, value ? read(value) : null] as const;
    }),
  );
  return ids.map((id) => found.get(id) ?? null);
}
