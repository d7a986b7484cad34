import DataLoader from 'dataloader';
import type { AskHub, PartnerContext } from '../context/index.js';

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
  const partners = new WeakMap<AskHub, ReadOfPartner<Fact>>();
  return ({ askHub, clock }, id) => {
    // One partner’s requests are asked and remembered together.
    const { askHub: own, until } = askHub.limited ?? { askHub, until: undefined };
    let read = partners.get(own);
    if (!read) partners.set(own, (read = createReader(own, clock, options)));
    return read(id, until);
  };
}

type ReadOfPartner<Fact> = (id: string, until: number | undefined) => Promise<Fact | null>;

function createReader<Fact>(
  askHub: AskHub,
  clock: () => Date,
  options: FactOptions<Fact>,
): ReadOfPartner<Fact> {
  const memory = new Memory<Fact>(options.memoryMs ?? policyMemoryMs);
  const load = async (wanted: readonly Wanted[]) => {
    const now = clock().getTime();
    const facts = new Map(
      wanted.map(({ id }): [string, Answer<Fact> | undefined] => [id, memory.get(id, now)]),
    );
    const missing = [...facts.keys()].filter((one) => facts.get(one) === undefined);
    const limited: AskHub = (query, variables) => askHub(query, variables, findEarliest(wanted));
    for (const [one, fact] of await loadFacts(limited, options, missing)) {
      facts.set(one, fact);
      if (!(fact instanceof Error)) memory.set(one, fact, now);
    }
    return wanted.map(({ id }) => facts.get(id) ?? null);
  };
  const loaders = new Map<number, DataLoader<Wanted, Fact | null>>();
  return (id, until) => {
    // Asked together is only what has about the same time: nobody’s is cut to less than half by another’s.
    const magnitude = Math.floor(Math.log2(Math.max(1, (until ?? Infinity) - performance.now())));
    let loader = loaders.get(magnitude);
    // It gathers what is asked at one time, known or not, so that what is read after it is read together too.
    if (!loader) loaders.set(magnitude, (loader = new DataLoader(load, { cache: false })));
    return loader.load({ id, until });
  };
}

/** A fact that a request needs, and when it has to be there, on the clock of `performance.now()`. */
interface Wanted {
  readonly id: string;
  readonly until: number | undefined;
}

function findEarliest(wanted: readonly Wanted[]): number | undefined {
  const earliest = wanted.reduce((least, { until = Infinity }) => Math.min(least, until), Infinity);
  return earliest === Infinity ? undefined : earliest;
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
