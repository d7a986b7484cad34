import DataLoader from 'dataloader';
import type { AskHub } from '../server/ask-hub.js';
import type { PartnerContext } from '../server/context.js';

/** How long another organisation’s fact may decide who reads what, in milliseconds. */
const policyMemoryMs = 60_000;
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
  /**
   * How long an answer is remembered, in milliseconds; 0 to ask each time.
   * @default 60,000
   */
  readonly memoryMs?: number;
}

type Answer<Fact> = Fact | null | Error;

/** What one partner’s server has been told, for as long as that may decide. */
class Memory<Fact> {
  readonly #facts = new Map<string, { readonly fact: Fact | null; readonly until: number }>();

  constructor(readonly memoryMs: number) {}

  get(id: string, now: number): Fact | null | undefined {
    const known = this.#facts.get(id);
    return known && known.until > now ? known.fact : undefined;
  }

  set(id: string, fact: Fact | null, now: number): void {
    if (this.memoryMs === 0) return;
    if (this.#facts.size >= mostRemembered) this.#facts.clear();
    this.#facts.set(id, { fact, until: now + this.memoryMs });
  }
}

/**
 * Builds a reader of facts that policies need: asked of the hub under the partner’s own identity, many at a time, and
 * remembered for a minute at most. A refusal of a mutation is decided on none of them.
 *
 * The reader throws a HubError with a `PARTNER_…` code when the fact is not to be had.
 */
export function createFactReader<Fact>(options: FactOptions<Fact>): ReadFact<Fact> {
  const loaders = new WeakMap<AskHub, DataLoader<string, Fact | null>>();
  return ({ askHub, clock }, id) => {
    let loader = loaders.get(askHub);
    if (!loader) {
      const memory = new Memory<Fact>(options.memoryMs ?? policyMemoryMs);
      const load = async (ids: readonly string[]) => {
        const now = clock().getTime();
        const facts = new Map(
          ids.map((one): [string, Answer<Fact> | undefined] => [one, memory.get(one, now)]),
        );
        const missing = [...facts.keys()].filter((one) => facts.get(one) === undefined);
        for (const [one, fact] of await loadFacts(askHub, options, missing)) {
          facts.set(one, fact);
          if (!(fact instanceof Error)) memory.set(one, fact, now);
        }
        return ids.map((one) => facts.get(one) ?? null);
      };
      // It gathers what is asked at one time, known or not, so that what is read after it is read together too.
      loader = new DataLoader(load, { cache: false });
      loaders.set(askHub, loader);
    }
    return loader.load(id);
  };
}

/** Each fact, or why it is not to be had. */
async function loadFacts<Fact>(
  askHub: AskHub,
  options: FactOptions<Fact>,
  ids: readonly string[],
): Promise<Map<string, Answer<Fact>>> {
  const found = new Map<string, Answer<Fact>>();
  const questions: Promise<void>[] = [];
  for (let start = 0; start < ids.length; start += mostAtOnce) {
    const some = ids.slice(start, start + mostAtOnce);
    const refuse = (error: Error) => some.map(() => error);
    questions.push(
      askFacts(askHub, options, some)
        .catch(refuse)
        .then((facts) => some.forEach((id, index) => found.set(id, facts[index] ?? null))),
    );
  }
  await Promise.all(questions);
  return found;
}

async function askFacts<Fact>(
  askHub: AskHub,
  { field, selection, read }: FactOptions<Fact>,
  ids: readonly string[],
): Promise<(Fact | null)[]> {
  const variables = ids.map((_, index) => `$id${index}: ID!`).join(', ');
  const fields = ids.map((_, index) => `f${index}: ${field}(id: $id${index}) ${selection}`);
  const answer = await askHub(
    `query PolicyFacts(${variables}) { ${fields.join(' ')} }`,
    Object.fromEntries(ids.map((id, index) => [`id${index}`, id])),
  );
  return ids.map((_, index) => {
    const value = answer[`f${index}`] as Readonly<Record<string, unknown>> | null | undefined;
    return value ? read(value) : null;
  });
}
