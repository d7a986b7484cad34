import DataLoader from 'dataloader';
import type { HubError } from '../errors/hub-error.js';
import { type AskHub, limitAskHub } from './context/ask-hub.js';
import type { PartnerContext } from './context/partner-context.js';
import { coordinators, hasRole } from './readers.js';

/** How long a fact of another organisation may be used for access decisions, in milliseconds. */
const policyMemoryMs = 60_000;

/**
 * Long enough that many anonymous requests cost the hub one request, and short enough that a change
 * counts at once, in milliseconds.
 */
export const shortMemoryMs = 1_000;

/** The most facts that one reader caches. */
const mostCached = 10_000;

/** The most root fields in one request to the hub. */
const mostAtOnce = 25;

/** Reads a fact of another organisation, by the id of its record. Null for an unknown record. */
export type ReadFact<Fact> = (
  context: Pick<PartnerContext, 'askHub' | 'clock'>,
  id: string,
) => Promise<Fact | null>;

export interface FactOptions<Fact> {
  /** A root field of the hub with an `id`: `group`. */
  readonly field: string;
  /** Its selection, in braces. */
  readonly selection: string;
  /** @param missing what it lacks that `mayLackSome` allows */
  read(response: Readonly<Record<string, unknown>>, missing: readonly HubError[]): Fact;
  /**
   * How long a fact is cached, in milliseconds; 0 for no cache.
   * @default 60,000
   */
  readonly memoryMs?: number;
  /**
   * Whether a partial response is enough, or whether it is in spite of one error.
   * @default false
   */
  readonly mayLackSome?:
    boolean | ((error: HubError, response: Readonly<Record<string, unknown>>) => boolean);
}

type Result<Fact> = Fact | null | Error;

/** The cached facts of one partner’s server. */
class Memory<Fact> {
  readonly #facts = new Map<string, { readonly fact: Fact | null; readonly until: number }>();

  constructor(readonly memoryMs: number) {}

  get(id: string, now: number): Fact | null | undefined {
    const known = this.#facts.get(id);
    return known && known.until > now ? known.fact : undefined;
  }

  set(id: string, fact: Fact | null, now: number): void {
    if (this.memoryMs === 0) return;
    if (this.#facts.size >= mostCached) this.#facts.clear();
    this.#facts.set(id, { fact, until: now + this.memoryMs });
  }
}

/**
 * Makes a function that reads facts for policies: it asks the hub under the partner’s own identity,
 * for many facts at a time, and caches them for at most a minute. A mutation is never rejected
 * because of a cached fact.
 *
 * The function throws a HubError with a `PARTNER_…` code if the fact is unavailable.
 */
export function createFactReader<Fact>(options: FactOptions<Fact>): ReadFact<Fact> {
  const partners = new WeakMap<AskHub, ReadOfPartner<Fact>>();
  return ({ askHub, clock }, id) => {
    // Requests of one partner share requests to the hub, and the cache.
    const { askHub: own, until, clientName } = askHub.limited ?? { askHub };
    let read = partners.get(own);
    if (!read) partners.set(own, (read = createReader(own, clock, options)));
    return read({ id, until, clientName });
  };
}

/**
 * Makes a function that reads a fact about what co-ordinators decide. Co-ordinators see a decision
 * at once. For all other callers, the hub gets at most one request a second.
 */
export function createDecisionReader<Fact>(
  options: Omit<FactOptions<Fact>, 'memoryMs'>,
): (
  context: Pick<PartnerContext, 'askHub' | 'clock' | 'reader'>,
  id: string,
) => Promise<Fact | null> {
  const readFresh = createFactReader({ ...options, memoryMs: 0 });
  const readCached = createFactReader({ ...options, memoryMs: shortMemoryMs });
  return (context, id) => {
    const read = hasRole(context.reader, coordinators) ? readFresh : readCached;
    return read(context, id);
  };
}

type ReadOfPartner<Fact> = (wanted: Wanted) => Promise<Fact | null>;

function createReader<Fact>(
  askHub: AskHub,
  clock: () => Date,
  options: FactOptions<Fact>,
): ReadOfPartner<Fact> {
  const memory = new Memory<Fact>(options.memoryMs ?? policyMemoryMs);
  const load = async (wanted: readonly Wanted[]) => {
    const now = clock().getTime();
    const facts = new Map(
      wanted.map(({ id }): [string, Result<Fact> | undefined] => [id, memory.get(id, now)]),
    );
    const missing = wanted.filter(({ id }) => facts.get(id) === undefined);
    const until = findEarliest(wanted);
    const loadFor = async (clientName: string | undefined, ids: readonly string[]) => {
      const limited = limitAskHub(askHub, until, clientName);
      for (const [one, fact] of await loadFacts(limited, options, ids)) {
        facts.set(one, fact);
        if (!(fact instanceof Error)) memory.set(one, fact, now);
      }
    };
    await Promise.all([...byClient(missing)].map(([clientName, ids]) => loadFor(clientName, ids)));
    return wanted.map(({ id }) => facts.get(id) ?? null);
  };
  const loaders = new Map<number, DataLoader<Wanted, Fact | null>>();
  return (one) => {
    const { until = Infinity } = one;
    // Requests with similar time limits are combined. No caller’s time is cut to less than half.
    const magnitude = Math.floor(Math.log2(Math.max(1, until - performance.now())));
    let loader = loaders.get(magnitude);
    // It also waits for cached facts, so that later reads can be combined too.
    if (!loader) loaders.set(magnitude, (loader = new DataLoader(load, { cache: false })));
    return loader.load(one);
  };
}

/** A requested fact, its time limit on the clock of `performance.now()`, and the client’s name. */
interface Wanted {
  readonly id: string;
  readonly until?: number | undefined;
  readonly clientName?: string | undefined;
}

/** The ids by the name of the client that wants them, each once. */
function byClient(wanted: readonly Wanted[]): Map<string | undefined, string[]> {
  const names = new Map<string | undefined, string[]>();
  const seen = new Set<string>();
  for (const { id, clientName } of wanted) {
    if (seen.has(id)) continue;
    seen.add(id);
    const ids = names.get(clientName);
    if (ids) ids.push(id);
    else names.set(clientName, [id]);
  }
  return names;
}

function findEarliest(wanted: readonly Wanted[]): number | undefined {
  const earliest = wanted.reduce((least, { until = Infinity }) => Math.min(least, until), Infinity);
  return earliest === Infinity ? undefined : earliest;
}

/** Each fact, or the error why it is unavailable. */
async function loadFacts<Fact>(
  askHub: AskHub,
  options: FactOptions<Fact>,
  ids: readonly string[],
): Promise<Map<string, Result<Fact>>> {
  const found = new Map<string, Result<Fact>>();
  const reads: Promise<void>[] = [];
  for (let start = 0; start < ids.length; start += mostAtOnce) {
    const some = ids.slice(start, start + mostAtOnce);
    const refuse = (error: Error) => some.map(() => error);
    reads.push(
      askFacts(askHub, options, some)
        .catch(refuse)
        .then((facts) => some.forEach((id, index) => found.set(id, facts[index] ?? null))),
    );
  }
  await Promise.all(reads);
  return found;
}

/** What is missing of one fact leaves the others as they are. */
async function askFacts<Fact>(
  askHub: AskHub,
  { field, selection, mayLackSome = false, read }: FactOptions<Fact>,
  ids: readonly string[],
): Promise<Result<Fact>[]> {
  const keys = ids.map((_, index) => `f${index}`);
  const variables = ids.map((_, index) => `$id${index}: ID!`).join(', ');
  const fields = keys.map((key, index) => `${key}: ${field}(id: $id${index}) ${selection}`);
  const gaps: { readonly error: HubError; readonly key: unknown }[] = [];
  const response = await askHub(
    `query PolicyFacts(${variables}) { ${fields.join(' ')} }`,
    Object.fromEntries(ids.map((id, index) => [`id${index}`, id])),
    { extent: 'known', onMissing: (error, [key]) => gaps.push({ error, key }) },
  );
  return keys.map((key) => {
    const errors = gaps
      .filter((gap) => gap.key === undefined || gap.key === key)
      .map(({ error }) => error);
    const value = response[key] as Readonly<Record<string, unknown>> | null | undefined;
    const serious = errors.filter((error) =>
      typeof mayLackSome === 'function' ? !mayLackSome(error, value ?? {}) : !mayLackSome,
    );
    const gap = serious.find(({ code }) => code !== 'FORBIDDEN') ?? serious[0];
    if (gap) return gap;
    return value ? read(value, errors) : null;
  });
}
