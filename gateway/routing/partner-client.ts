import type { Reader } from '@hub/shared/identity';
import { errors, Pool } from 'undici';
import type { PartnerFault } from './operation-record.js';

/** How a partner is called. */
export interface PartnerSettings {
  readonly code: string;
  readonly url: string;
  /** For one call, from its start to the last byte of its answer. */
  readonly deadlineMs: number;
  readonly maxResponseBytes: number;
}

/** The headers by which a partner knows that a request is the hub’s, and for whom. */
export type SignRequest = (
  request: { readonly method: string; readonly path: string; readonly body: string },
  reader: Reader,
) => Promise<Record<string, string>>;

export interface PartnerCall {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
  /** True for what may be asked twice. A mutation never is. */
  readonly isRepeatable: boolean;
  readonly requestId: string;
  /** For whom the partner is asked. */
  readonly reader: Reader;
  /** Fires when the client goes away. */
  readonly signal: AbortSignal;
  /** When the whole operation has to be answered, in milliseconds since the epoch. */
  readonly deadline: number;
}

/** What a partner said: its JSON as it came, or why there is none. */
export type PartnerAnswer =
  | { readonly json: unknown; readonly httpStatus: number }
  | { readonly fault: PartnerFault; readonly reason: string };

/** One that answers for a subgraph: a partner over HTTP, or the hub’s own slice. */
export interface PartnerPort {
  readonly code: string;
  ask(call: PartnerCall): Promise<PartnerAnswer>;
  close(): Promise<void>;
}

/** How many requests are under way to one partner at a time; further ones wait within their deadline. */
const connections = 32;

const connectTimeoutMs = 2_000;

/** Calls one partner over a pool of kept connections, and bounds what it may cost: time, bytes, redirects. */
export function createPartnerClient(
  { code, url, deadlineMs, maxResponseBytes }: PartnerSettings,
  /** @default nothing is signed */
  sign: SignRequest = () => Promise.resolve({}),
): PartnerPort {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections,
    connect: { timeout: connectTimeoutMs },
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  const askOnce = async (
    body: string,
    { requestId, reader }: PartnerCall,
    signal: AbortSignal,
  ): Promise<PartnerAnswer> => {
    // Anew for each try: a partner takes a signature once.
    const signature = await sign({ method: 'POST', path: pathname, body }, reader);
    const response = await pool.request({
      method: 'POST',
      path: pathname + search,
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        'accept-encoding': 'identity',
        'x-request-id': requestId,
        ...signature,
      },
      body,
      signal,
    });
    // Giving up an answer is an error of its stream, which nobody may be reading: unheard, it would end the process.
    response.body.on('error', () => undefined);
    try {
      const headers = readHeaders(response.statusCode, response.headers);
      if (headers) return headers;
      const text = await readText(
        response.body,
        response.headers['content-length'],
        maxResponseBytes,
      );
      return readJson(text, response.statusCode);
    } finally {
      // What was not read to its end is not waited for: its connection goes.
      response.body.destroy();
    }
  };

  return {
    code,
    async ask(call) {
      const { query, variables, operationName, isRepeatable, signal, deadline } = call;
      const remaining = Math.min(deadlineMs, deadline - Date.now());
      if (remaining <= 0)
        return { fault: 'TIMED_OUT', reason: 'the operation’s deadline has passed' };
      const body = JSON.stringify({ query, variables, operationName });
      const controller = new AbortController();
      const abort = () => controller.abort();
      const timer = setTimeout(abort, remaining);
      signal.addEventListener('abort', abort, { once: true });
      try {
        signal.throwIfAborted();
        return await askOnce(body, call, controller.signal).catch((error: unknown) => {
          if (isRepeatable && !controller.signal.aborted && isConnectionLost(error)) {
            return askOnce(body, call, controller.signal);
          }
          throw error;
        });
      } catch (error) {
        return readFault(error, controller.signal.aborted && !signal.aborted);
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
      }
    },
    close: () => pool.destroy(),
  };
}

/** A status or header that settles the answer before its body is read. */
function readHeaders(
  statusCode: number,
  headers: Record<string, string | string[] | undefined>,
): PartnerAnswer | undefined {
  if (statusCode === 401) return { fault: 'REFUSED', reason: 'HTTP 401' };
  if (statusCode >= 300 && statusCode < 400) {
    return { fault: 'INVALID_RESPONSE', reason: `a redirect (HTTP ${statusCode})` };
  }
  const isJson = /^application\/(graphql-response\+)?json\b/i.test(
    String(headers['content-type'] ?? ''),
  );
  const encoding = headers['content-encoding'];
  const isPlain = encoding === undefined || encoding === 'identity';
  if (isJson && isPlain && statusCode !== 204) return undefined;
  return statusCode >= 400
    ? { fault: 'UNAVAILABLE', reason: `HTTP ${statusCode}` }
    : { fault: 'INVALID_RESPONSE', reason: 'no plain JSON' };
}

class TooLarge extends Error {}

/** The answer ended before its own end: its sender did not send what it had announced. */
class CutShort extends Error {}

async function readText(
  body: AsyncIterable<Buffer>,
  contentLength: string | string[] | undefined,
  maxBytes: number,
): Promise<Buffer> {
  if (Number(contentLength) > maxBytes) throw new TooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new TooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (
      codeOf(error) === 'UND_ERR_SOCKET' ||
      codeOf(error) === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'
    ) {
      throw new CutShort();
    }
    throw error;
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, bytes);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function readJson(bytes: Buffer, httpStatus: number): PartnerAnswer {
  try {
    return { json: JSON.parse(utf8.decode(bytes)) as unknown, httpStatus };
  } catch {
    return httpStatus >= 400
      ? { fault: 'UNAVAILABLE', reason: `HTTP ${httpStatus}` }
      : { fault: 'INVALID_RESPONSE', reason: 'no JSON in UTF-8' };
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/** A connection that was refused, or that went before an answer had begun. */
function isConnectionLost(error: unknown): boolean {
  return ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(String(codeOf(error)));
}

function readFault(error: unknown, isLate: boolean): PartnerAnswer {
  if (error instanceof TooLarge) {
    return { fault: 'RESPONSE_TOO_LARGE', reason: 'more bytes than allowed' };
  }
  if (isLate) return { fault: 'TIMED_OUT', reason: 'no whole answer within the deadline' };
  if (error instanceof CutShort)
    return { fault: 'INVALID_RESPONSE', reason: 'the answer is cut short' };
  const code = codeOf(error);
  if (code === 'UND_ERR_CONNECT_TIMEOUT')
    return { fault: 'TIMED_OUT', reason: 'no connection in time' };
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return { fault: 'RESPONSE_TOO_LARGE', reason: 'more headers than allowed' };
  }
  // Of what is no HTTP at all, undici’s parser gives no code.
  if (error instanceof errors.HTTPParserError) {
    return { fault: 'INVALID_RESPONSE', reason: 'no HTTP' };
  }
  return { fault: 'UNAVAILABLE', reason: typeof code === 'string' ? code : 'no connection' };
}
