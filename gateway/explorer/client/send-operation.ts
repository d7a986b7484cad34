import type { TypedDocumentString } from '../generated/graphql.ts';
import { signInAgain } from '../session/keep-session.ts';
import { session, sessionHeaders } from '../session/session.ts';

/** How a partner responded: the statuses of the contract, and the hub’s own. */
export type PartnerStatus =
  | 'ANSWERED'
  | 'LACKS_FIELD'
  | 'SUSPENDED'
  | 'REMOVED'
  | 'STALE'
  | 'UNAVAILABLE'
  | 'TIMED_OUT'
  | 'INVALID_RESPONSE'
  | 'RESPONSE_TOO_LARGE'
  | 'REFUSED'
  | 'MAINTENANCE'
  | 'QUARANTINED';

/** A partner’s part in a response. */
export interface PartnerInResponse {
  readonly status: PartnerStatus;
  /** Only for `STALE`: how old the oldest of its facts is. */
  readonly ageSeconds?: number;
}

/** Which partners an operation called, and whether all of them responded. */
export interface Completeness {
  readonly complete: boolean;
  readonly partners: Readonly<Record<string, PartnerInResponse>>;
  /** The countries and ids that no partner covers. */
  readonly uncovered?: readonly string[];
}

/** An error of the graph, with its code. */
export interface GraphError {
  readonly message: string;
  /** Where in the operation. */
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    readonly code?: string;
    readonly rule?: string;
    readonly situation?: string;
    readonly partner?: string;
    readonly argument?: string;
    readonly currentVersion?: number;
    /** After how many seconds the same request may succeed. */
    readonly retryAfter?: number;
    /** Of the record that stands already. */
    readonly id?: string;
    /** How many there are, and how many there must be. */
    readonly count?: number;
    readonly expected?: number;
  };
}

/** A response of the graph. Data and errors come together where a part is missing or withheld. */
export interface GraphResponse<Data> {
  readonly data: Data | null;
  readonly errors: readonly GraphError[];
  readonly completeness: Completeness | undefined;
  /** What the hub calls this request. Operators find it in their logs. */
  readonly requestId: string | undefined;
  /** The whole response, as it came. */
  readonly body: unknown;
  /** The HTTP status, and the length of the body as text. Undefined without a response. */
  readonly status?: number;
  readonly length?: number;
  /** From sending to the last byte, in milliseconds. */
  readonly ms: number;
  /** The partners for which the page still waits: another response follows. @default none */
  readonly awaited?: readonly string[];
}

/** Whether a response has all that was asked for: what is not in it does not exist. */
export const isWhole = ({
  data,
  errors,
  completeness,
  awaited = [],
}: Pick<GraphResponse<unknown>, 'data' | 'errors' | 'completeness' | 'awaited'>): boolean =>
  data !== null && errors.length + awaited.length === 0 && completeness?.complete !== false;

/** The hub cannot be reached, or its response is not GraphQL. */
const unreachable: GraphError = { message: 'unreachable', extensions: { code: 'UNREACHABLE' } };

/** What the hub calls these pages in its logs. */
const clientName = 'hub-pages';

/** Why the reader of a page reads. In the explorer only she knows, so nothing is stated. */
const purposeOf = (path: string): string | undefined => {
  if (path.startsWith('/explorer')) return undefined;
  if (path.startsWith('/programme/visit')) return 'HOSTING';
  if (path.startsWith('/record')) return 'AUDIT';
  return path.startsWith('/programme/statistics') ? 'EVALUATION' : 'PROGRAMME';
};

/** The header that states the purpose of the page which is open. */
function statePurpose(): Readonly<Record<string, string>> {
  const purpose = purposeOf(location.pathname);
  return purpose === undefined ? {} : { 'hub-purpose': purpose };
}

/** An operation as text, or by the id of a document that the hub trusts. */
export interface Operation {
  readonly query?: string;
  readonly documentId?: string;
  readonly variables?: object | undefined;
  readonly operationName?: string | undefined;
}

/**
 * Sends any request as the person who has signed in. If her session is over, it waits until she has
 * signed in again, and goes once more: the hub has not executed anything.
 */
export async function fetchAsReader(
  path: string,
  init: RequestInit & { readonly headers: Headers },
): Promise<Response> {
  const send = () => {
    const headers = new Headers(init.headers);
    const added = { ...statePurpose(), ...sessionHeaders() };
    for (const [name, value] of Object.entries(added)) headers.set(name, value);
    return fetch(path, { ...init, headers });
  };
  const response = await send();
  const isOver = response.status === 401 && session.peek() !== undefined;
  if (!isOver || !(await signInAgain())) return response;
  await response.body?.cancel();
  return send();
}

/** Sends any operation, as the reader. Never throws, except when `signal` aborts. */
export async function sendText<Data = unknown>(
  operation: Operation,
  signal?: AbortSignal,
  /** Besides those that every operation has. */
  moreHeaders?: Readonly<Record<string, string>>,
): Promise<GraphResponse<Data>> {
  const started = performance.now();
  const headers = new Headers({
    accept: 'application/graphql-response+json, application/json',
    'content-type': 'application/json',
    'apollographql-client-name': clientName,
    ...moreHeaders,
  });
  try {
    const init = { method: 'POST', headers, body: JSON.stringify(operation) };
    const response = await fetchAsReader('/graphql', signal ? { ...init, signal } : init);
    const text = await response.text();
    const body = JSON.parse(text) as {
      data?: Data | null;
      errors?: readonly GraphError[];
      extensions?: { completeness?: Completeness };
    };
    return {
      data: body.data ?? null,
      errors: body.errors ?? [],
      completeness: body.extensions?.completeness,
      requestId: response.headers.get('x-request-id') ?? undefined,
      body,
      status: response.status,
      length: text.length,
      ms: performance.now() - started,
    };
  } catch (error) {
    if (signal?.aborted) throw error;
    const ms = performance.now() - started;
    return {
      data: null,
      errors: [unreachable],
      completeness: undefined,
      requestId: undefined,
      body: undefined,
      ms,
    };
  }
}

/** The hub is a later one than these pages: it knows the operation neither by its id nor as a text. */
const updated: GraphError = { message: 'updated', extensions: { code: 'UPDATED' } };
const isForeign = ({ extensions }: GraphError): boolean =>
  extensions?.code === 'DOCUMENT_NOT_TRUSTED' || extensions?.code === 'GRAPHQL_VALIDATION_FAILED';

/** The pages of one build and the hub of another: the hub does not know the operation’s id. */
const isUnknownId = ({ extensions }: GraphError): boolean =>
  extensions?.code === 'PERSISTED_QUERY_NOT_FOUND' || extensions?.code === 'DOCUMENT_NOT_TRUSTED';

/** Sends an operation of the pages, by its id. */
export async function sendOperation<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
  moreHeaders?: Readonly<Record<string, string>>,
): Promise<GraphResponse<Data>> {
  const hash: unknown = document.__meta__?.hash;
  const values = variables as object;
  if (typeof hash === 'string') {
    const operation = { documentId: hash, variables: values };
    const response = await sendText<Data>(operation, signal, moreHeaders);
    if (!response.errors.some(isUnknownId)) return response;
  }
  const operation = { query: document.toString(), variables: values };
  const response = await sendText<Data>(operation, signal, moreHeaders);
  return response.errors.some(isForeign) ? { ...response, errors: [updated] } : response;
}
