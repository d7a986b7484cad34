import { HubError } from '../errors/hub-error.js';
import { countryOf, ownerOf } from './codes.js';
import type { AskHub } from './context/ask-hub.js';

/** The most facts that one reader caches. */
const mostCached = 10_000;

/** The most root fields in one request to the hub. */
const mostAtOnce = 25;

/** The most rows of one page of a list. */
const mostListed = 1_000;

/** How long a fact of another organisation may be used for access decisions, in milliseconds. */
const policyMemoryMs = 60_000;

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
    | boolean
    | ((error: HubError, response: Readonly<Record<string, unknown>>) => boolean);
}

/** Facts of one kind, and those that one partner’s server has cached. */
export class FactKind<Fact = unknown> {
  static #made = 0;
  readonly number = (FactKind.#made += 1);
  readonly #facts = new Map<string, { readonly fact: Fact | null; readonly until: number }>();
  readonly #memoryMs: number;

  constructor(readonly options: FactOptions<Fact>) {
    this.#memoryMs = options.memoryMs ?? policyMemoryMs;
  }

  get(id: string, now: number): Fact | null | undefined {
    const known = this.#facts.get(id);
    return known && known.until > now ? known.fact : undefined;
  }

  set(id: string, fact: Fact | null, now: number): void {
    if (this.#memoryMs === 0) return;
    if (this.#facts.size >= mostCached) this.#facts.clear();
    this.#facts.set(id, { fact, until: now + this.#memoryMs });
  }
}

/** A requested fact, its time limit on the clock of `performance.now()`, and the client’s name. */
export interface Wanted {
  readonly kind: FactKind;
  readonly id: string;
  readonly until?: number | undefined;
  readonly clientName?: string | undefined;
}

interface Loaded {
  readonly one: Wanted;
  /** Or the error why it is unavailable. Null for an unknown record. */
  readonly fact: unknown;
}

/** Adds to the list of a key. */
export function addTo<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** Asks the hub for facts, at most 25 of all kinds in one request, and for long lists beside them. */
export async function loadFacts(askHub: AskHub, wanted: readonly Wanted[]): Promise<Loaded[]> {
  const kinds = new Map<FactKind, Wanted[]>();
  for (const one of wanted) addTo(kinds, one.kind, one);
  const ofLists: Promise<Loaded[]>[] = [];
  const single: Wanted[] = [];
  // In one order, so that the same kinds make the same document.
  for (const [kind, own] of [...kinds].toSorted(([one], [other]) => one.number - other.number)) {
    const { list } = kind.options;
    if (list === undefined || own.length <= mostAtOnce) single.push(...own);
    else ofLists.push(loadList(askHub, kind, list, own));
  }
  return (await Promise.all([...ofLists, loadSingly(askHub, single)])).flat();
}

async function loadList(
  askHub: AskHub,
  kind: FactKind,
  list: string,
  wanted: readonly Wanted[],
): Promise<Loaded[]> {
  const listed = await askList(askHub, kind, list, wanted);
  const found = new Set(listed.map(({ one }) => one));
  const rest = wanted.filter((one) => !found.has(one));
  return [...listed, ...(await loadSingly(askHub, rest))];
}

async function loadSingly(askHub: AskHub, wanted: readonly Wanted[]): Promise<Loaded[]> {
  const reads: Promise<Loaded[]>[] = [];
  for (let start = 0; start < wanted.length; start += mostAtOnce)
    reads.push(loadSome(askHub, wanted.slice(start, start + mostAtOnce)));
  return (await Promise.all(reads)).flat();
}

async function loadSome(askHub: AskHub, some: readonly Wanted[]): Promise<Loaded[]> {
  try {
    return await askFacts(askHub, some);
  } catch (error) {
    const kinds = new Set(some.map(({ kind }) => kind));
    // A hub of an earlier version lacks the fields of one kind, and refuses the whole request.
    if (error instanceof HubError && error.code === 'PARTNER_LACKS_FIELD' && kinds.size > 1) {
      const ofKind = (kind: FactKind) =>
        loadSome(
          askHub,
          some.filter((one) => one.kind === kind),
        );
      return (await Promise.all([...kinds].map(ofKind))).flat();
    }
    return some.map((one) => ({ one, fact: error }));
  }
}

type Value = Readonly<Record<string, unknown>> | null | undefined;

/** What a response lacks, and where. */
interface Gap {
  readonly error: HubError;
  readonly path: readonly (string | number)[];
}

/** The fact of one record, or the error why it is unavailable. */
function readFact(
  { mayLackSome = false, read }: FactOptions<unknown>,
  value: Value,
  gaps: readonly Gap[],
): unknown {
  const errors = gaps.map(({ error }) => error);
  const serious = errors.filter((error) =>
    typeof mayLackSome === 'function' ? !mayLackSome(error, value ?? {}) : !mayLackSome,
  );
  const gap = serious.find(({ code }) => code !== 'FORBIDDEN') ?? serious[0];
  if (gap || !value) return gap ?? null;
  try {
    return read(value, errors);
  } catch (error) {
    // A fact that cannot be read costs no other fact of the same request.
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** What is missing of one fact leaves the others as they are. */
async function askFacts(askHub: AskHub, some: readonly Wanted[]): Promise<Loaded[]> {
  const variables = some.map((_, index) => `$id${index}: ID!`).join(', ');
  const fields = some.map(
    ({ kind: { options } }, index) =>
      `f${index}: ${options.field}(id: $id${index}) ${options.selection}`,
  );
  const gaps: Gap[] = [];
  const response = await askHub(
    `query PolicyFacts(${variables}) { ${fields.join(' ')} }`,
    Object.fromEntries(some.map(({ id }, index) => [`id${index}`, id])),
    { extent: 'known', onMissing: (error, path) => gaps.push({ error, path }) },
  );
  return some.map((one, index) => {
    const key = `f${index}`;
    const own = gaps.filter(({ path }) => path[0] === undefined || path[0] === key);
    return { one, fact: readFact(one.kind.options, response[key] as Value, own) };
  });
}

/**
 * The facts of many records of one owner, from its list. A record that the list does not have is not
 * in the result, nor is any if the hub refuses the list, as with lower limits.
 */
async function askList(
  askHub: AskHub,
  { options }: FactKind,
  list: string,
  wanted: readonly Wanted[],
): Promise<Loaded[]> {
  const owners = new Set(wanted.map(({ id }) => ownerOf(id)));
  const [owner] = owners;
  if (owner === undefined || owners.size > 1) return [];
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
    const places = new Map(nodes.map((value, index) => [String(value?.['id']), index]));
    return wanted.flatMap((one) => {
      const index = places.get(one.id);
      if (index === undefined) return [];
      const own = gaps.filter(({ path }) => path[2] === index);
      return [{ one, fact: readFact(options, nodes[index], own) }];
    });
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    const isRefused = error.extensions['partner'] === 'hub';
    return isRefused ? [] : wanted.map((one) => ({ one, fact: error }));
  }
}
