import { ClientWatch } from '@hub/shared/graphql';
import type { CallFailure } from '../call-status.js';
import {
  mostRepresentations,
  runWithin,
  tooLong,
  type PartnerCall,
  type PartnerPort,
  type PartnerResponse,
} from '../partner-port.js';
import { hasTooManyErrors, isTransient } from '../read-response.js';
import type { JoinDocuments, JoinedDocument } from './join-documents.js';

type Ask = PartnerPort['ask'];

/** The most calls of one request. A partner accepts 300 root fields. */
const mostJoined = 100;

/**
 * Sends the queries that an operation has for a partner at one moment as one request. A part that is
 * refused, or that breaks the contract, costs no other part its data; but all wait for the slowest.
 */
export class JoinedCalls {
  /** By operation. */
  readonly #waiting = new Map<object, Waiting[]>();

  constructor(
    private readonly askPartner: Ask,
    private readonly joinDocuments: JoinDocuments,
  ) {}

  ask(call: PartnerCall): Promise<PartnerResponse> {
    const { combinedIn: operation } = call;
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
    if (joined) {
      const response = await this.askPartner(joined.call);
      if (!isRefused(response)) {
        const parts = runWithin(response, () => joined.split(response));
        // What happened to the one request is said once.
        const others = { ...response, isSecondHand: true };
        waiting.forEach(({ resolve }, index) =>
          resolve(parts?.[index] ?? (index === 0 ? response : others)),
        );
        return;
      }
      this.joinDocuments.separate(joined.texts);
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

/** In the order of their documents, so that the same queries make the same joined document. */
const byQuery = (one: Waiting, other: Waiting): number =>
  one.call.query < other.call.query ? -1 : Number(one.call.query > other.call.query);

function splitRequests(all: readonly Waiting[]): Waiting[][] {
  const requests: Waiting[][] = [];
  let [representations, last]: [number, Waiting[]] = [0, []];
  for (const waiting of all.toSorted(byQuery)) {
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

/** Failures that one part can be the cause of. */
const ofOnePart: ReadonlySet<unknown> = new Set<CallFailure>([
  'RESPONSE_TOO_LARGE',
  'INVALID_RESPONSE',
]);

/** True if there is no data, for a reason that need not hold for each part. */
function isRefused(response: PartnerResponse): boolean {
  // A partner that has used up its budget gets no further requests for this.
  if ('failure' in response) return ofOnePart.has(response.failure) && response !== tooLong;
  const { json, httpStatus } = response;
  if (httpStatus === 401 || isTransient(response) || !isRecord(json)) return false;
  return (json.data ?? null) === null && Array.isArray(json.errors);
}

interface JoinedRequest {
  readonly call: PartnerCall;
  readonly texts: readonly string[];
  /** The response of each call. Undefined if the whole response is that of each. */
  split(response: PartnerResponse): readonly PartnerResponse[] | undefined;
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
  const texts = parts.map(({ query }) => query);
  const document = joinDocuments(texts);
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
  const layout = { document, places, counts };
  return { call, texts, split: (response) => splitResponse(response, layout) };
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
): readonly PartnerResponse[] | undefined {
  const json = 'json' in response ? response.json : undefined;
  if (!isRecord(json) || !isRecord(json.data)) return undefined;
  const { data, errors } = json;
  if (errors !== undefined && !Array.isArray(errors)) return undefined;
  if (errors && hasTooManyErrors(errors)) return undefined;
  const { stray, ofRoot } = sortErrors((errors ?? []) as unknown[], { document, counts });
  return places.map(({ part, rows }) => {
    const keys = document.keysOf(part);
    const own = keys.flatMap(([key, ownKey]): [string, unknown][] =>
      Object.hasOwn(data, key) ? [[ownKey, pick(data[key], rows, counts[part])]] : [],
    );
    const found = [
      ...stray,
      ...keys.flatMap(([key, ownKey]) => relocate(ofRoot.get(key) ?? [], ownKey, rows)),
    ];
    const errorsOfPart = found.length > 0 ? found : undefined;
    return { ...response, json: { ...json, data: Object.fromEntries(own), errors: errorsOfPart } };
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

/** The errors by root field. Those that are at no place of a part concern all of them. */
function sortErrors(
  errors: readonly unknown[],
  { document, counts }: Pick<Layout, 'document' | 'counts'>,
): { readonly stray: readonly unknown[]; readonly ofRoot: ReadonlyMap<unknown, unknown[]> } {
  const stray: unknown[] = [];
  const ofRoot = new Map<unknown, unknown[]>();
  for (const error of errors) {
    const [root, row] = pathOf(error) ?? [];
    const part = document.queryOf(root);
    const count = part === undefined ? 0 : counts[part];
    const isBeyond = Boolean(count) && typeof row === 'number' && row >= (count ?? 0);
    const ofPart = ofRoot.get(root);
    if (part === undefined || isBeyond) stray.push(error);
    else if (ofPart) ofPart.push(error);
    else ofRoot.set(root, [error]);
  }
  return { stray, ofRoot };
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
