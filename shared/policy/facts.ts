import DataLoader from 'dataloader';
import { HubError } from '../errors/hub-error.js';
import { countryOf, ownerOf } from './codes.js';
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

/** The most rows of one page of a list. */
const mostListed = 1_000;

/** Reads a fact of another organisation, by the id of its record. Null for an unknown record. */
export type ReadFact<Fact> = (
  context: Pick<PartnerContext, 'askHub' | 'clock'>,
  id: string,
) => Promise<Fact | null>;

export interface FactOptions<Fact> {
  /** A root field of the hub with an `id`: `group`. */
  readonly field: string;
  /**
   * A root field that lists these records, with a `filter` for one country and for rehearsals:
   * `experts`. It is one request where `field` would be several. @default there is none
   */
  readonly list?: string;
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
  const found =
    options.list !== undefined && ids.length > mostAtOnce
      ? await askList(askHub, options, options.list, ids)
      : new Map<string, Result<Fact>>();
  const rest = ids.filter((id) => !found.has(id));
  const reads: Promise<void>[] = [];
  for (let start = 0; start < rest.length; start += mostAtOnce) {
    const some = rest.slice(start, start + mostAtOnce);
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

type Value = Readonly<Record<string, unknown>> | null | undefined;

/** What a response lacks, and where. */
interface Gap {
  readonly error: HubError;
  readonly path: readonly (string | number)[];
}

/** The fact of one record, or the error why it is unavailable. */
function readFact<Fact>(
  { mayLackSome = false, read }: FactOptions<Fact>,
  value: Value,
  gaps: readonly Gap[],
): Result<Fact> {
  const errors = gaps.map(({ error }) => error);
  const serious = errors.filter((error) =>
    typeof mayLackSome === 'function' ? !mayLackSome(error, value ?? {}) : !mayLackSome,
  );
  const gap = serious.find(({ code }) => code !== 'FORBIDDEN') ?? serious[0];
  if (gap) return gap;
  return value ? read(value, errors) : null;
}

/** What is missing of one fact leaves the others as they are. */
async function askFacts<Fact>(
  askHub: AskHub,
  options: FactOptions<Fact>,
  ids: readonly string[],
): Promise<Result<Fact>[]> {
  const { field, selection } = options;
  const keys = ids.map((_, index) => `f${index}`);
  const variables = ids.map((_, index) => `$id${index}: ID!`).join(', ');
  const fields = keys.map((key, index) => `${key}: ${field}(id: $id${index}) ${selection}`);
  const gaps: Gap[] = [];
  const response = await askHub(
    `query PolicyFacts(${variables}) { ${fields.join(' ')} }`,
    Object.fromEntries(ids.map((id, index) => [`id${index}`, id])),
    { extent: 'known', onMissing: (error, path) => gaps.push({ error, path }) },
  );
  return keys.map((key) =>
    readFact(
      options,
      response[key] as Value,
      gaps.filter(({ path }) => path[0] === undefined || path[0] === key),
    ),
  );
}

/**
 * The facts of many records of one owner, from its list. A record that the list does not have is not
 * in the result, nor is any if the hub refuses the list, as with lower limits.
 */
async function askList<Fact>(
  askHub: AskHub,
  options: FactOptions<Fact>,
  list: string,
  ids: readonly string[],
): Promise<Map<string, Result<Fact>>> {
  const owners = new Set(ids.map(ownerOf));
  const [owner] = owners;
  if (owner === undefined || owners.size > 1) return new Map();
  const gaps: Gap[] = [];
  try {
    const { records } = await askHub(
      `query PolicyFacts($country: CountryCode!, $first: Int!) {
        records: ${list}(first: $first, filter: { country: $country, rehearsals: true }) {
          nodes { id ${options.selection.slice(1)} } }`,
      { country: countryOf(owner), first: mostListed },
      { extent: 'known', onMissing: (error, path) => gaps.push({ error, path }) },
    );
    const nodes = ((records as Value)?.['nodes'] ?? []) as readonly Value[];
    const ofAll = gaps.find(({ path }) => typeof path[2] !== 'number');
    if (ofAll) throw ofAll.error;
    const wanted = new Set(ids);
    return new Map(
      nodes.flatMap((value, index) => {
        const id = String(value?.['id']);
        const own = gaps.filter(({ path }) => path[2] === index);
        return wanted.has(id) ? [[id, readFact(options, value, own)] as const] : [];
      }),
    );
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return error.extensions['partner'] === 'hub'
      ? new Map()
      : new Map(ids.map((id) => [id, error]));
  }
}
