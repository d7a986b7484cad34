import { ClientWatch } from '@hub/shared/graphql';
import {
  mostRepresentations,
  type PartnerCall,
  type PartnerPort,
  type PartnerResponse,
} from '../partner-port.js';
import { isTransient } from '../read-response.js';
import type { JoinDocuments, JoinedDocument } from './join-documents.js';

type Ask = PartnerPort['ask'];

/** The most calls of one request. A partner accepts 300 root fields. */
const mostJoined = 100;

/**
 * Sends the queries that an operation has for a partner at one moment as one request. A part that
 * the partner refuses or that breaks its promise costs no other part anything.
 */
export class JoinedCalls {
  /** By operation. */
  readonly #waiting = new Map<object, Waiting[]>();

  constructor(
    private readonly askPartner: Ask,
    private readonly joinDocuments: JoinDocuments,
  ) {}

  /** @param call a query of a contracted partner, for which no evidence is kept */
  ask(call: PartnerCall): Promise<PartnerResponse> {
    const { time: operation } = call;
    if (!operation) return this.askPartner(call);
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(operation);
      if (waiting) return void waiting.push({ call, resolve, reject });
      this.#waiting.set(operation, [{ call, resolve, reject }]);
      // After all promises that can settle now, so that every step that begins now has its call here.
      process.nextTick(() => this.#send(operation));
    });
  }

  #send(operation: object): void {
    const all = this.#waiting.get(operation) ?? [];
    this.#waiting.delete(operation);
    for (const waiting of splitRequests(all)) {
      this.#sendJoined(waiting).catch((error: unknown) =>
        waiting.forEach(({ reject }) => reject(error)),
      );
    }
  }

  async #sendJoined(waiting: readonly Waiting[]): Promise<void> {
    const calls = waiting.map(({ call }) => call);
    const joined = calls.length > 1 ? joinRequests(calls, this.joinDocuments) : undefined;
    const response = joined && (await this.askPartner(joined.call));
    if (joined && response && !isRefused(response)) {
      const parts = joined.split(response);
      waiting.forEach(({ resolve }, index) => resolve(parts[index] ?? response));
      return;
    }
    // One part can be the reason why all were refused.
    await Promise.all(
      waiting.map(async ({ call, resolve }) => resolve(await this.askPartner(call))),
    );
  }
}

interface Waiting {
  readonly call: PartnerCall;
  resolve(response: PartnerResponse): void;
  reject(error: unknown): void;
}

function splitRequests(all: readonly Waiting[]): Waiting[][] {
  const requests: Waiting[][] = [];
  let [representations, last]: [number, Waiting[]] = [0, []];
  for (const waiting of all) {
    const more = representationsOf(waiting.call)?.length ?? 0;
    const isFull = last.length === mostJoined || representations + more > mostRepresentations;
    if (isFull || last.length === 0) {
      requests.push((last = []));
      representations = 0;
    }
    last.push(waiting);
    representations += more;
  }
  return requests;
}

function representationsOf({ variables }: PartnerCall): readonly unknown[] | undefined {
  const { representations } = variables;
  return Array.isArray(representations) ? representations : undefined;
}

/** True if there is no data, for a reason that need not hold for each part. */
function isRefused(response: PartnerResponse): boolean {
  if ('failure' in response) return response.failure === 'RESPONSE_TOO_LARGE';
  const { json, httpStatus } = response;
  if (httpStatus >= 500 || httpStatus === 401 || isTransient(response)) return false;
  return isRecord(json) && (json.data ?? null) === null;
}

interface JoinedRequest {
  readonly call: PartnerCall;
  /** The response of each call. */
  split(response: PartnerResponse): readonly PartnerResponse[];
}

/** Calls with the same document and the same variables, but for the representations. */
interface Part {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The representations of all its calls, equal ones once. Undefined if it has none. */
  readonly representations: unknown[] | undefined;
  readonly indexOf: Map<string, number>;
}

/** Where the response of a call is. */
interface Place {
  readonly part: number;
  /** The indexes of its representations within the part’s. */
  readonly rows: readonly number[] | undefined;
}

/** What is where in a joined response. */
interface Layout {
  readonly document: JoinedDocument;
  /** By call. */
  readonly places: readonly Place[];
  /** The number of representations, by part. */
  readonly counts: readonly number[];
}

/** Undefined if one of them has a form that cannot be joined. */
function joinRequests(
  calls: readonly PartnerCall[],
  joinDocuments: JoinDocuments,
): JoinedRequest | undefined {
  const parts: Part[] = [];
  const known = new Map<string, number>();
  const places = calls.map((call) => addCall(parts, known, call));
  const document = joinDocuments(parts.map(({ query }) => query));
  const [first] = calls;
  if (!document || !first) return undefined;
  const variables = Object.fromEntries(
    parts.flatMap(({ variables: own, representations }, index) =>
      Object.entries({ ...own, ...(representations && { representations }) }).map(
        ([name, value]) => [document.nameOf(index, name), value],
      ),
    ),
  );
  const { operationName } = first;
  const call: PartnerCall = {
    ...first,
    query: document.text,
    variables,
    body: JSON.stringify({ query: document.text, variables, operationName }),
    parse: document.parse,
    signal: watchAll(calls),
  };
  const counts = parts.map(({ representations }) => representations?.length ?? 0);
  return { call, split: (response) => splitResponse(response, { document, places, counts }) };
}

/** Adds a call to its part, or a new part. */
function addCall(parts: Part[], known: Map<string, number>, call: PartnerCall): Place {
  const { query, variables } = call;
  const { representations: _, ...own } = variables;
  const wanted = representationsOf(call);
  const key = wanted ? `${query}\n${JSON.stringify(own)}` : call.body;
  const index = known.get(key) ?? parts.length;
  known.set(key, index);
  const representations = wanted && [];
  const part = (parts[index] ??= { query, variables: own, representations, indexOf: new Map() });
  const rows = wanted?.map((representation) => {
    const text = JSON.stringify(representation);
    const row = part.indexOf.get(text) ?? part.indexOf.size;
    if (row === part.indexOf.size) part.representations?.push(representation);
    part.indexOf.set(text, row);
    return row;
  });
  return { part: index, rows };
}

/** Fires when all of them have fired. */
function watchAll(calls: readonly PartnerCall[]): ClientWatch {
  const watch = new ClientWatch();
  let left = calls.length;
  const leave = () => {
    left -= 1;
    if (left === 0) watch.abort();
  };
  for (const { signal } of calls) {
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  }
  return watch;
}

/** A failure, and what is not a GraphQL response, is that of every call. */
function splitResponse(
  response: PartnerResponse,
  { document, places, counts }: Layout,
): readonly PartnerResponse[] {
  const json = 'json' in response ? response.json : undefined;
  if (!isRecord(json) || !isRecord(json.data)) return [];
  const { data, errors } = json;
  const errorsAt = sortByRoot(errors);
  return places.map(({ part, rows }) => {
    const keys = document.keysOf(part);
    const own = keys.flatMap(([key, ownKey]): [string, unknown][] =>
      Object.hasOwn(data, key) ? [[ownKey, pick(data[key], rows, counts[part])]] : [],
    );
    const found = errorsAt && [
      // What names no part concerns all of them.
      ...[...errorsAt].flatMap(([root, some]) => (document.hasKey(root) ? [] : some)),
      ...keys.flatMap(([key, ownKey]) => relocate(errorsAt.get(key) ?? [], ownKey, rows)),
    ];
    const given = { data: Object.fromEntries(own), errors: found ?? errors };
    const isWhole = given.errors === undefined || found?.length === 0;
    return { ...response, json: { ...json, ...given, errors: isWhole ? undefined : given.errors } };
  });
}

/** Null in place of a list of another length than was asked for, which breaks the contract. */
function pick(
  value: unknown,
  rows: readonly number[] | undefined,
  count: number | undefined,
): unknown {
  if (!rows) return value;
  const isOfLength = Array.isArray(value) && value.length === count;
  return isOfLength ? rows.map((row): unknown => value[row]) : null;
}

/** The errors by the first part of their paths. Undefined if they are no list. */
function sortByRoot(errors: unknown): ReadonlyMap<unknown, readonly unknown[]> | undefined {
  if (!Array.isArray(errors)) return undefined;
  const sorted = new Map<unknown, unknown[]>();
  for (const error of errors as unknown[]) {
    const root = pathOf(error)?.[0];
    const some = sorted.get(root);
    if (some) some.push(error);
    else sorted.set(root, [error]);
  }
  return sorted;
}

function pathOf(error: unknown): readonly unknown[] | undefined {
  const path = isRecord(error) ? error.path : undefined;
  return Array.isArray(path) ? path : undefined;
}

/** The errors of a root field at their places in one call’s response. */
function relocate(
  errors: readonly unknown[],
  key: string,
  rows: readonly number[] | undefined,
): unknown[] {
  const indexesOf = new Map<unknown, number[]>();
  for (const [index, row] of (rows ?? []).entries())
    indexesOf.set(row, [...(indexesOf.get(row) ?? []), index]);
  return errors.flatMap((error) => {
    const [, row, ...inner] = pathOf(error) ?? [];
    const move = (...path: unknown[]) => ({ ...(error as object), path: [key, ...path, ...inner] });
    if (row === undefined) return [move()];
    if (!rows || typeof row !== 'number') return [move(row)];
    return (indexesOf.get(row) ?? []).map((index) => move(index));
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
