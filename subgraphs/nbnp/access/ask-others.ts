import { HubError } from '@hub/shared/errors';
import type { AskHub, PartnerContext } from '@hub/shared/policy';

/** The most root fields in one request. The hub allows 30, and 50 aliases. */
const mostAtOnce = 25;

const roots = {
  group: { field: 'group(id: $id)', type: 'ID!' },
  visit: { field: 'visit(id: $id)', type: 'ID!' },
  officer: { field: 'officer(id: $id)', type: 'ID!' },
  programme: { field: 'programme(id: $id)', type: 'ID!' },
  /** The units of one police force, so that no other is asked. */
  unitsOf: { field: 'policeUnits(filter: { country: $id })', type: 'CountryCode' },
} as const;

/** A query about a fact that a task depends on and that another organisation has. */
export interface FactQuery {
  readonly root: keyof typeof roots;
  /** The value of `$id`: an id, or the code of a country. */
  readonly id: string;
  /** The value of `$group`: a group, for what is known of a person. */
  readonly group?: string;
  /** Without braces and aliases. It may have `$id` and `$group`. */
  readonly selection: string;
}

/** What the hub responded to a query. */
interface Asked<Result> {
  /** Null if the record is unknown or its owner unavailable. */
  readonly known: Result | null;
  /**
   * False if a value at this path is missing, or a part of it: rows of a list may be missing. What
   * is not there then shows nothing.
   */
  isWhole(...path: ResponsePath): boolean;
  /** The same of what one partner has of it. */
  isWholeOf(partner: string, ...path: ResponsePath): boolean;
  /** Why parts of the selection are missing. */
  readonly missing: readonly HubError[];
}

/** Asks the hub for what is known. A fact may be missing, so nothing may be derived from its absence. */
export type Ask = <Result>(query: FactQuery) => Promise<Asked<Result>>;

interface Waiting {
  readonly query: FactQuery;
  resolve(asked: Asked<unknown>): void;
  reject(error: unknown): void;
}

/**
 * Sends all queries of one moment in one request to the hub, or several in parallel if
 * they select more than 25 root fields. Nothing is cached, so that a task disappears at once.
 * @param onMissing is called for each partner whose data is missing
 */
export function createAsk(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  onMissing: (error: HubError) => void,
): Ask {
  let waiting: Waiting[] = [];
  const send = () => {
    const asked = [...groupByRoot(waiting).values()];
    waiting = [];
    for (let start = 0; start < asked.length; start += mostAtOnce)
      void askSome(askHub, asked.slice(start, start + mostAtOnce), onMissing);
  };
  return <Result>(query: FactQuery) =>
    new Promise<Asked<Result>>((resolve, reject) => {
      if (waiting.length === 0) queueMicrotask(send);
      waiting.push({ query, resolve: (asked) => resolve(asked as Asked<Result>), reject });
    });
}

/** Queries about the same record become one root field. */
interface AskedRoot {
  readonly query: FactQuery;
  readonly selections: Set<string>;
  readonly waiting: Waiting[];
}

function groupByRoot(waiting: readonly Waiting[]): Map<string, AskedRoot> {
  const asked = new Map<string, AskedRoot>();
  for (const one of waiting) {
    const { query } = one;
    const key = `${query.root} ${query.id} ${query.group ?? ''}`;
    const root = asked.get(key) ?? { query, selections: new Set(), waiting: [] };
    asked.set(key, root);
    root.selections.add(query.selection);
    root.waiting.push(one);
  }
  return asked;
}

async function askSome(
  askHub: AskHub,
  asked: readonly AskedRoot[],
  onMissing: (error: HubError) => void,
): Promise<void> {
  const waiting = asked.map((root) => root.waiting);
  try {
    const { query, variables } = writeQuery(asked);
    const gaps: Gap[] = [];
    const response = await askHub(query, variables, {
      extent: 'known',
      onMissing: (error, path) => {
        gaps.push({ path, partner: error.extensions['partner'], error });
        if (error.code !== 'FORBIDDEN') onMissing(error);
      },
    });
    waiting.forEach((some, index) => {
      const root = `f${index}`;
      const known = response[root] ?? null;
      const gapsAt = (path: ResponsePath) =>
        gaps.filter((gap) => areOnOnePath(gap.path, [root, ...path]));
      const asked = {
        known,
        isWhole: (...path: ResponsePath) => known !== null && gapsAt(path).length === 0,
        isWholeOf: (partner: string, ...path: ResponsePath) =>
          known !== null && gapsAt(path).every((gap) => (gap.partner ?? partner) !== partner),
      };
      for (const { query: one, resolve } of some)
        resolve({ ...asked, missing: listMissing(one, gapsAt([])) });
    });
  } catch (error) {
    // Without the hub only the network’s own tasks are known.
    const isMissing = error instanceof HubError && error.code !== 'FORBIDDEN';
    if (isMissing) onMissing(error);
    for (const { resolve, reject } of waiting.flat()) {
      if (isMissing) resolve({ ...nothing, missing: [error] });
      else reject(error);
    }
  }
}

type ResponsePath = readonly (string | number)[];

interface Gap {
  readonly path: ResponsePath;
  readonly partner: unknown;
  readonly error: HubError;
}

const nothing = { known: null, isWhole: () => false, isWholeOf: () => false };

/** The errors of what a query selects: queries about one record share a root field. */
function listMissing({ selection }: FactQuery, gaps: readonly Gap[]): HubError[] {
  const fields = new Set(selection.match(/\w+/g));
  const isOwn = ({ path: [, ...path] }: Gap) =>
    path.every((step) => typeof step === 'number' || fields.has(step));
  return gaps
    .filter((gap) => gap.error.code !== 'FORBIDDEN' && isOwn(gap))
    .map(({ error }) => error);
}

/** True if one path leads to the other. */
const areOnOnePath = (one: ResponsePath, other: ResponsePath): boolean =>
  one.slice(0, other.length).every((step, depth) => step === other[depth]);

function writeQuery(asked: readonly AskedRoot[]): {
  readonly query: string;
  readonly variables: Readonly<Record<string, string>>;
} {
  const variables: Record<string, string> = {};
  const declared: string[] = [];
  const fields = asked.map(({ query: { root, id, group }, selections }, index) => {
    const { field, type } = roots[root];
    variables[`id${index}`] = id;
    declared.push(`$id${index}: ${type}`);
    if (group !== undefined) {
      variables[`group${index}`] = group;
      declared.push(`$group${index}: ID!`);
    }
    return `f${index}: ${field} { ${[...selections].join(' ')} }`
      .replaceAll('$id', `$id${index}`)
      .replaceAll('$group', `$group${index}`);
  });
  return { query: `query FactsOf(${declared.join(', ')}) { ${fields.join(' ')} }`, variables };
}
