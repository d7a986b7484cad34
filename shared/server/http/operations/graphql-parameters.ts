import { isUtf8 } from 'node:buffer';
import { malformed, Refusal, RefusedBatch } from '../../../errors/refusal.js';
import { checkOperationName } from '../../../graphql/limits/check-text-lengths.js';
import { type ErrorBehavior, errorBehaviors } from '../../../graphql/operations/served-context.js';
import { digestOf, hashForm } from '../../../system/digest.js';

/** The parameters of a GraphQL request. */
export interface GraphQLParameters {
  readonly query?: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
  /** The known extensions. Others are ignored. */
  readonly extensions?: {
    readonly persistedQuery: { readonly version: 1; readonly sha256Hash: string };
  };
  /** Only the hub’s own execution knows it. Partners propagate errors. */
  readonly onError?: ErrorBehavior | undefined;
}

const textNames = ['query', 'documentId', 'operationName', 'onError'] as const;
const parameterNames = [...textNames, 'variables', 'extensions'] as const;
type Parameters = Partial<Record<(typeof parameterNames)[number], unknown>>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readText(parameters: Parameters, name: (typeof textNames)[number]): string | undefined {
  const value = parameters[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw malformed(`\`${name}\` must be a string.`);
}

function readObject(
  parameters: Parameters,
  name: 'variables' | 'extensions',
): Record<string, unknown> | undefined {
  const value = parameters[name] ?? undefined;
  if (value === undefined || isObject(value)) return value;
  throw malformed(`\`${name}\` must be an object.`);
}

function readErrorBehavior(parameters: Parameters): ErrorBehavior | undefined {
  const text = readText(parameters, 'onError');
  if (text === undefined) return undefined;
  const known = errorBehaviors.find((behavior) => behavior === text);
  if (!known) throw malformed(`\`onError\` must be one of ${errorBehaviors.join(', ')}.`);
  return known;
}

/** Without a prototype, because a variable may be named `constructor`. */
function readVariables(parameters: Parameters): Record<string, unknown> | undefined {
  const variables = readObject(parameters, 'variables');
  if (!variables) return undefined;
  if (Object.hasOwn(variables, '__proto__'))
    throw malformed('No variable may be named `__proto__`.');
  return Object.assign(Object.create(null) as Record<string, unknown>, variables);
}

function readPersistedQuery(
  extensions: Record<string, unknown> | undefined,
  query: string | undefined,
) {
  const persistedQuery = extensions?.persistedQuery ?? undefined;
  if (persistedQuery === undefined) return undefined;
  if (!isObject(persistedQuery) || persistedQuery.version !== 1) {
    throw malformed('`extensions.persistedQuery.version` must be 1.');
  }
  const { sha256Hash } = persistedQuery;
  if (typeof sha256Hash !== 'string' || !hashForm.test(sha256Hash)) {
    throw malformed(
      '`extensions.persistedQuery.sha256Hash` must be a SHA-256 hash in hexadecimal.',
    );
  }
  if (query !== undefined && digestOf(query) !== sha256Hash) {
    throw malformed('`extensions.persistedQuery.sha256Hash` is not the hash of `query`.');
  }
  return { persistedQuery: { version: 1, sha256Hash } } as const;
}

/** The hash in an id of the form `sha256:…`, as the draft on persisted documents has it. */
function readDocumentId(id: string, query: string | undefined) {
  if (query !== undefined) throw malformed('Send either `query` or `documentId`.');
  const [, sha256Hash] = /^sha256:([0-9a-f]{64})$/.exec(id) ?? [];
  if (sha256Hash === undefined)
    throw malformed('`documentId` must be `sha256:` and a SHA-256 hash in hexadecimal.');
  return { persistedQuery: { version: 1, sha256Hash } } as const;
}

function readParameters(parameters: Parameters): GraphQLParameters {
  const query = readText(parameters, 'query');
  const documentId = readText(parameters, 'documentId');
  const operationName = readText(parameters, 'operationName');
  checkOperationName(operationName);
  const variables = readVariables(parameters);
  const extensions =
    documentId === undefined
      ? readPersistedQuery(readObject(parameters, 'extensions'), query)
      : readDocumentId(documentId, query);
  if (!query && !extensions) throw malformed('`query` is missing.');
  return { query, operationName, variables, extensions, onError: readErrorBehavior(parameters) };
}

/**
 * Parses the body of a POST.
 * @throws BAD_REQUEST unless it is one JSON object in UTF-8
 */
export function readBody(body: unknown): GraphQLParameters {
  if (!(body instanceof Uint8Array) || body.length === 0) throw malformed('The body is missing.');
  if (!isUtf8(body)) throw malformed('The body must be UTF-8.');
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch {
    throw malformed('The body must be JSON.');
  }
  if (Array.isArray(value)) throw new RefusedBatch(value.length);
  if (!isObject(value)) throw malformed('The body must be a JSON object.');
  return readParameters(value);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw malformed('The query string must be percent-encoded UTF-8.');
  }
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed(`\`${name}\` must be JSON.`);
  }
}

/**
 * The values of the known parameters of a URL. `URLSearchParams` would replace invalid UTF-8 by
 * U+FFFD.
 */
function readSearch(url: string): Map<string, string> {
  const texts = new Map<string, string>();
  const start = url.indexOf('?');
  if (start === -1) return texts;
  for (const pair of url.slice(start + 1).split('&')) {
    const [name = '', ...value] = pair.split('=');
    const known = parameterNames.find((parameter) => parameter === decode(name));
    if (known === undefined) continue;
    if (texts.has(known)) throw malformed(`\`${known}\` must be given once.`);
    const text = decode(value.join('='));
    if (text !== '') texts.set(known, text);
  }
  return texts;
}

/** True if the URL of a GET has no operation. */
export function isBare(url: string): boolean {
  return !/[?&](query|documentId|extensions)=/.test(url);
}

/**
 * Parses the URL of a GET.
 * @throws BAD_REQUEST if the query string is not UTF-8, or does not have the form of GraphQL over
 * HTTP
 */
export function readAddress(url: string): GraphQLParameters {
  const texts = readSearch(url);
  const parameters: Parameters = {};
  for (const [name, text] of texts) {
    const isText = (textNames as readonly string[]).includes(name);
    parameters[name as keyof Parameters] = isText ? text : parseJson(name, text);
  }
  return readParameters(parameters);
}

/**
 * Rejects every body except JSON in UTF-8. A form of another site that is posted without a
 * preflight request cannot be JSON, so this also protects against such posts.
 * @throws BAD_REQUEST with status 415
 */
export function checkContentType(
  contentType: string | undefined,
  contentEncoding: string | undefined,
): void {
  // The common case.
  if (contentType === 'application/json' && contentEncoding === undefined) return;
  const [type, ...parameters] = (contentType ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice('charset='.length);
  const isUtf8Text = charset === undefined || charset.replaceAll('"', '') === 'utf-8';
  const isPlain = contentEncoding === undefined || contentEncoding === 'identity';
  if (type === 'application/json' && isUtf8Text && isPlain) return;
  throw new Refusal('BAD_REQUEST', 415, {
    message: 'The body must be `application/json` in UTF-8, not compressed.',
  });
}
