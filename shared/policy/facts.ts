import DataLoader from 'dataloader';
import { type AskHub, limitAskHub } from './context/ask-hub.js';
import type { PartnerContext } from './context/partner-context.js';
import { addTo, FactKind, type FactOptions, loadFacts, type Wanted } from './load-facts.js';
import { coordinators, hasRole } from './readers.js';

/**
 * Long enough that many anonymous requests cost the hub one request, and short enough that a change
 * counts at once, in milliseconds.
 */
export const shortMemoryMs = 1_000;

/**
 * How long a request to the hub waits for more facts, in milliseconds. Fields of one response need
 * them at different moments, because each reads own rows before.
 */
const gatheringMs = 2;

/** Reads a fact of another organisation, by the id of its record. Null for an unknown record. */
export type ReadFact<Fact> = (
  context: Pick<PartnerContext, 'askHub' | 'clock'>,
  id: string,
) => Promise<Fact | null>;

/**
 * Makes a function that reads facts for policies: it asks the hub under the partner’s own identity,
 * for all facts of one moment together, and caches them for at most a minute. A mutation is never
 * rejected because of a cached fact.
 *
 * The function throws a HubError with a `PARTNER_…` code if the fact is unavailable.
 */
export function createFactReader<Fact>(options: FactOptions<Fact>): ReadFact<Fact> {
  const kinds = new WeakMap<AskHub, FactKind>();
  return async ({ askHub, clock }, id) => {
    // Requests of one partner share requests to the hub, and the cache.
    const { askHub: own, until, clientName } = askHub.limited ?? { askHub };
    let kind = kinds.get(own);
    if (!kind) kinds.set(own, (kind = new FactKind(options) as FactKind));
    let read = partners.get(own);
    if (!read) partners.set(own, (read = createLoader(own, clock)));
    return (await read({ kind, id, until, clientName })) as Fact | null;
  };
}

/** What reads the facts of each partner. */
const partners = new WeakMap<AskHub, (wanted: Wanted) => Promise<unknown>>();

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

/** Loads facts of all kinds: from the cache, or else from the hub, many at a time. */
function createLoader(askHub: AskHub, clock: () => Date): (wanted: Wanted) => Promise<unknown> {
  const askHubForAll = async (wanted: readonly Wanted[]) => {
    const now = clock().getTime();
    const until = findEarliest(wanted);
    const found = new Map<FactKind, Map<string, unknown>>();
    const askFor = async ([clientName, some]: [string | undefined, readonly Wanted[]]) => {
      for (const { one, fact } of await loadFacts(limitAskHub(askHub, until, clientName), some)) {
        const { kind, id } = one;
        found.set(kind, (found.get(kind) ?? new Map<string, unknown>()).set(id, fact));
        if (!(fact instanceof Error)) kind.set(id, fact, now);
      }
    };
    await Promise.all([...byClient(wanted)].map(askFor));
    return wanted.map(({ kind, id }) => found.get(kind)?.get(id) ?? null);
  };
  const createCached = () => {
    const gathering = new DataLoader(askHubForAll, { cache: false, batchScheduleFn });
    const readAll = (wanted: readonly Wanted[]) => {
      const now = clock().getTime();
      // Cached facts wait for the others of their moment, so that later reads can be combined too.
      // So nobody’s time may be over before.
      const until = findEarliest(wanted);
      const read = async (one: Wanted): Promise<unknown> => {
        const known = one.kind.get(one.id, now);
        return known === undefined ? gathering.load({ ...one, until }) : known;
      };
      return Promise.all(wanted.map((one) => read(one).catch((error: unknown) => error as Error)));
    };
    return new DataLoader(readAll, { cache: false });
  };
  const loaders = new Map<number, DataLoader<Wanted, unknown>>();
  return (one) => {
    const { until = Infinity } = one;
    // Requests with similar time limits are combined. No caller’s time is cut to less than half.
    const magnitude = Math.floor(Math.log2(Math.max(1, until - performance.now())));
    let loader = loaders.get(magnitude);
    if (!loader) loaders.set(magnitude, (loader = createCached()));
    return loader.load(one);
  };
}

const batchScheduleFn = (send: () => void) => void setTimeout(send, gatheringMs);

/** By the name of the client that wants them, each once. */
function byClient(wanted: readonly Wanted[]): Map<string | undefined, Wanted[]> {
  const names = new Map<string | undefined, Wanted[]>();
  const seen = new Map<FactKind, Set<string>>();
  for (const one of wanted) {
    const ids = seen.get(one.kind) ?? new Set();
    if (ids.has(one.id)) continue;
    seen.set(one.kind, ids.add(one.id));
    addTo(names, one.clientName, one);
  }
  return names;
}

function findEarliest(wanted: readonly Wanted[]): number | undefined {
  const earliest = wanted.reduce((least, { until = Infinity }) => Math.min(least, until), Infinity);
  return earliest === Infinity ? undefined : earliest;
}
