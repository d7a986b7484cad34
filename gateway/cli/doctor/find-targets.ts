import { findOwner } from '../../fan-out/rules/fan-out-rules.js';
import type { Lookup } from './find-lookup.js';
import type { AskHub, HubError, HubResponse } from './hub-connection.js';
import { readPages } from './read-pages.js';

/** Whether a record exists, or why that is unknown. */
type Verdict =
  | { readonly exists: boolean }
  | { readonly exists?: undefined; readonly partner: string | null; readonly reason: string };

/** Tells for each key of a type whether its owner has such a record. */
export type FindTargets = (
  type: string,
  keys: readonly string[],
) => Promise<ReadonlyMap<string, Verdict>>;

export interface FindTargetsOptions {
  readonly ask: AskHub;
  readonly lookupOf: (type: string) => Lookup | undefined;
  /** The owner of a key. Null if there is none. */
  readonly ownerOf: (type: string, key: string) => string | null;
}

/** The hub accepts this many root fields in one operation. */
const keysAtOnce = 30;
/** The most verdicts in memory, so that memory does not grow with the network. */
const mostRemembered = 50_000;
/**
 * The codes with which an owner says that there is no record with this key, or that the key is
 * malformed.
 */
const absent = ['NOT_FOUND', 'BAD_USER_INPUT'];

/** The owner of a key, among the partners of its contract. */
export function ownerOfKey(key: string, partners: readonly string[]): string | null {
  const [only] = partners;
  return partners.length === 1 && only !== undefined
    ? only
    : (findOwner(key, 'ID', partners) ?? null);
}

export function createFindTargets({ ask, lookupOf, ownerOf }: FindTargetsOptions): FindTargets {
  const remembered = new Map<string, Verdict>();
  const lists = new Map<string, TargetList>();
  return async (type, keys) => {
    const lookup = lookupOf(type);
    if (!lookup) throw new Error(`No root field returns a ${type}.`);
    const isKnown = (key: string) => remembered.has(`${type} ${key}`);
    const known = keys.filter(isKnown);
    const verdicts = new Map(
      known.map((key) => [key, remembered.get(`${type} ${key}`) as Verdict] as const),
    );
    const asked = [...new Set(keys.filter((key) => !isKnown(key)))];
    const found = lookup.argument
      ? await findByKey(lookup, asked, ask)
      : await findInList(lookup, asked, ask, lists, ownerOf);
    if (remembered.size + found.size > mostRemembered) remembered.clear();
    for (const [key, verdict] of found) {
      verdicts.set(key, verdict);
      remembered.set(`${type} ${key}`, verdict);
    }
    return verdicts;
  };
}

const readVerdict = ({ extensions }: HubError): Verdict => ({
  partner: extensions?.partner ?? null,
  reason: extensions?.code ?? 'INTERNAL_SERVER_ERROR',
});

async function findByKey(
  lookup: Lookup,
  keys: readonly string[],
  ask: AskHub,
): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  for (let start = 0; start < keys.length; start += keysAtOnce) {
    const part = keys.slice(start, start + keysAtOnce);
    const response = await ask(
      printLookup(lookup, part.length),
      Object.fromEntries(part.map((key, index) => [`k${index}`, key])),
    );
    part.forEach((key, index) => verdicts.set(key, judge(response, `k${index}`)));
  }
  return verdicts;
}

function printLookup({ root, argument, key }: Lookup, count: number): string {
  const indices = Array.from({ length: count }, (_, index) => index);
  const variables = indices.map((index) => `$k${index}: ID!`).join(', ');
  const fields = indices.map((index) => `k${index}: ${root}(${argument}: $k${index}) { ${key} }`);
  return `query Doctor(${variables}) { ${fields.join(' ')} }`;
}

function judge({ data, errors = [] }: HubResponse, alias: string): Verdict {
  if (data?.[alias]) return { exists: true };
  const error = errors.find(({ path }) => path === undefined || path[0] === alias);
  if (!error) return data ? { exists: false } : { partner: null, reason: 'INTERNAL_SERVER_ERROR' };
  return absent.includes(error.extensions?.code ?? '') ? { exists: false } : readVerdict(error);
}

/** All keys of a type, if they cannot be looked up one by one. */
interface TargetList {
  readonly keys: ReadonlySet<string>;
  /** Why rows are missing from the list. */
  readonly verdicts: readonly Verdict[];
}

async function findInList(
  lookup: Lookup,
  keys: readonly string[],
  ask: AskHub,
  lists: Map<string, TargetList>,
  ownerOf: FindTargetsOptions['ownerOf'],
): Promise<Map<string, Verdict>> {
  let list = lists.get(lookup.type);
  // A record that is newer than the list may be missing in it.
  if (!list || keys.some((key) => !list?.keys.has(key))) list = await readTargetList(lookup, ask);
  lists.set(lookup.type, list);
  const { keys: all, verdicts } = list;
  return new Map(
    keys.map((key): [string, Verdict] => {
      if (all.has(key)) return [key, { exists: true }];
      const owner = ownerOf(lookup.type, key);
      const isOf = (verdict: Verdict) =>
        'partner' in verdict && (verdict.partner === null || verdict.partner === owner);
      return [key, verdicts.find(isOf) ?? { exists: false }];
    }),
  );
}

async function readTargetList(
  { root, key, isConnection, whole }: Lookup,
  ask: AskHub,
): Promise<TargetList> {
  const keys = new Set<string>();
  const verdicts: Verdict[] = [];
  const listing = { root, isConnection, argument: whole, selection: key };
  for await (const { rows, errors } of readPages(listing, ask)) {
    for (const row of rows) keys.add(String(row[key]));
    verdicts.push(...errors.map(readVerdict));
  }
  return { keys, verdicts };
}
