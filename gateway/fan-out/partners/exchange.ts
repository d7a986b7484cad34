import { clockToleranceSeconds, isRefusalReason, refusalHeader } from '@hub/shared/identity';
import { errors, type Dispatcher } from 'undici';
import { ExcessiveJson, parseJson, type ParseResponse } from '../../engine/json/compile-parser.js';
import { TooManyBytes } from './bound-connection.js';
import { estimateMemory, readFreshSeconds, type ResponseHeaders } from './cache-control.js';
import type { CallKeeper } from './call-keeper.js';
import { pickHeaders } from './forwarding/pick-headers.js';
import { tooLong, type PartnerResponse } from './partner-port.js';
import { isClientError, isRefusingStatus, isTransient } from './read-response.js';
import { longBytes, type TurnBudget } from './turn-budget.js';

/** What a response may be. */
export interface ResponseBounds {
  readonly maxResponseBytes: number;
  /**
   * False for a foreign subgraph. An HTTP status of 4xx is then a refusal of one caller, and says
   * nothing about the others. @default true
   */
  readonly isContracted?: boolean | undefined;
}

interface ExchangeOptions extends ResponseBounds {
  /** Pays for a long response. */
  readonly budget: TurnBudget;
  /** @default any JSON in UTF-8 */
  readonly parse?: ParseResponse | undefined;
  /** Whether to compare the partner’s clock with the hub’s. @default false */
  readonly readsClock?: boolean | undefined;
  /** The headers of the response that the caller wants. @default none */
  readonly wanted?: readonly string[] | undefined;
}

/**
 * One request to a partner and its response. It uses no streams, and copies the response only to
 * join its pieces. It settles once. If the response is not read to its end, the connection is
 * closed.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #isOver = false;
  #status = 0;
  #bytes = 0;
  #freshSeconds: number | undefined;
  #skew: string | undefined;
  #sentAt = Date.now();
  #retryAfterMs = 0;
  #headers: ResponseHeaders = {};
  #wantedHeaders: Readonly<Record<string, string>> | undefined;
  #refusal: PartnerResponse | undefined;
  readonly #chunks: Buffer[] = [];
  /** Keeps the response for evidence. @default it is not kept */
  keep: ReturnType<CallKeeper['begin']> | undefined;

  constructor(
    private readonly options: ExchangeOptions,
    /**
     * `againInMs` says when the same request may succeed: the partner did not get it, or refused it
     * for a reason that passes. Undefined if it would not.
     */
    private readonly settle: (response: PartnerResponse, againInMs: number | undefined) => void,
  ) {}

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Cancels without settling. */
  cancel(): void {
    this.#isOver = true;
    this.#controller?.abort(new errors.RequestAbortedError());
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#sentAt = Date.now();
    // It was cancelled while it waited for a connection.
    if (this.#isOver) controller.abort(new errors.RequestAbortedError());
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: ResponseHeaders,
  ): void {
    // An informational response; the real one follows.
    if (statusCode < 200) return;
    this.#status = statusCode;
    if (this.keep) this.#headers = headers;
    const { wanted, readsClock, isContracted = true } = this.options;
    if (wanted) this.#wantedHeaders = pickHeaders(headers, wanted);
    if (readsClock) this.#skew = describeSkew(headers, { sentAt: this.#sentAt });
    const retryAfter = Number(headers['retry-after']);
    if (retryAfter >= 0) this.#retryAfterMs = retryAfter * 1_000;
    const settled = readHeaders(statusCode, headers, this.#sentAt);
    // It is read to its end, so that the connection stays for other callers.
    if (settled && !isContracted && isClientError(statusCode))
      this.#refusal = { json: {}, httpStatus: statusCode };
    else if (settled) return this.#giveUp(settled);
    if (this.#refuse(Number(headers['content-length']))) return;
    if (statusCode === 200) this.#freshSeconds = readFreshSeconds(headers);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    const inPieces = this.#chunks.length * pieceBytes;
    if (!this.#refuse(Math.max(this.#bytes, inPieces))) this.#chunks.push(chunk);
  }

  /** Ends the exchange if a response may not have that many bytes. */
  #refuse(bytes: number): boolean {
    const { maxResponseBytes, budget } = this.options;
    if (bytes > maxResponseBytes) this.#giveUp(tooLarge);
    else if (bytes > longBytes && budget.isSpent) this.#giveUp(tooLong);
    return this.#isOver;
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const body = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.keep?.({ status: this.#status, headers: this.#headers, body });
    const response = this.#refusal ?? this.#readBody(body);
    const seconds = this.#freshSeconds;
    const freshness = seconds ? { seconds, bytes: estimateMemory(body) } : undefined;
    const skew = this.#skew;
    this.#end(freshness || skew ? { ...response, freshness, skew } : response);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const code = 'code' in error ? String(error.code) : '';
    const isCutShort = this.#status !== 0 && cutShort.includes(code);
    this.#end(
      readFailure(error, code, isCutShort),
      !isCutShort && lost.includes(code) ? 0 : undefined,
    );
  }

  #readBody(body: Buffer): PartnerResponse {
    const { budget, parse = parseJson, isContracted } = this.options;
    const httpStatus = this.#status;
    try {
      if (body.length <= longBytes) return { json: parse(body), httpStatus };
      // Another response may have used up the time meanwhile.
      if (budget.isSpent) return tooLong;
      return { json: budget.run(() => parse(body)), httpStatus, budget };
    } catch (error) {
      if (httpStatus >= 400) return byStatus(httpStatus, isContracted);
      const reason = error instanceof ExcessiveJson ? error.message : 'not JSON in UTF-8';
      return { failure: 'INVALID_RESPONSE', reason };
    }
  }

  #giveUp(response: PartnerResponse): void {
    this.#end(response);
    this.cancel();
  }

  #end(response: PartnerResponse, againInMs = this.#readPause(response)): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const headers = this.#wantedHeaders;
    this.settle(headers ? { ...response, headers } : response, againInMs);
  }

  #readPause(response: PartnerResponse): number | undefined {
    return isTransient(response) ? Math.max(leastPauseMs, this.#retryAfterMs) : undefined;
  }
}

/** How long the hub waits before it repeats a request that was refused, at least. */
const leastPauseMs = 100;

/** What a piece of a body counts as, at least. It takes memory, however short it is. */
const pieceBytes = 64;

const tooLarge = { failure: 'RESPONSE_TOO_LARGE', reason: 'more bytes than allowed' } as const;

const json = /^application\/(graphql-response\+)?json\b/i;

/** A status or header that settles the response before its body is read. */
function readHeaders(
  statusCode: number,
  headers: ResponseHeaders,
  sentAt: number,
): PartnerResponse | undefined {
  if (statusCode === 401)
    return { failure: 'REFUSED', reason: describeRefusal(headers, { sentAt }) };
  if (statusCode >= 300 && statusCode < 400) {
    return { failure: 'INVALID_RESPONSE', reason: `a redirect (HTTP ${statusCode})` };
  }
  const isJson = json.test(String(headers['content-type'] ?? ''));
  const encoding = headers['content-encoding'];
  const isPlain = encoding === undefined || encoding === 'identity';
  if (isJson && isPlain && statusCode !== 204) return undefined;
  return statusCode >= 400
    ? byStatus(statusCode)
    : { failure: 'INVALID_RESPONSE', reason: 'not plain JSON' };
}

/** Why a partner refused the hub, as far as its headers say, and by how much the clocks differ. */
export function describeRefusal(headers: ResponseHeaders, times: ExchangeTimes = {}): string {
  const said = headers[refusalHeader];
  const skew = describeSkew(headers, times);
  return ['HTTP 401', ...(isRefusalReason(said) ? [said] : []), ...(skew ? [skew] : [])].join(', ');
}

/** When a request was sent, and when its response came. */
interface ExchangeTimes {
  /** @default now */
  readonly now?: number;
  /** @default when the response came */
  readonly sentAt?: number;
}

/**
 * By how much a partner’s clock differs from the hub’s. Undefined within the tolerance. The partner
 * wrote its time between the two: if the hub’s process was stopped meanwhile, that is no difference.
 */
export function describeSkew(
  headers: ResponseHeaders,
  { now = Date.now(), sentAt = now }: ExchangeTimes = {},
): string | undefined {
  const date = Date.parse(String(headers['date']));
  const aheadSeconds = (date - Math.min(now, Math.max(sentAt, date))) / 1_000;
  // The header has whole seconds, so the time is half a second later on average.
  if (!(Math.abs(aheadSeconds + 0.5) > clockToleranceSeconds + 0.5)) return undefined;
  const seconds = Math.round(Math.abs(aheadSeconds));
  return `its clock is ${seconds} s ${aheadSeconds > 0 ? 'ahead' : 'behind'}`;
}

/**
 * A response of which only the status can be read. Some statuses mean that the request was wrong,
 * whoever sends them.
 */
const byStatus = (httpStatus: number, isContracted?: boolean): PartnerResponse =>
  isRefusingStatus(httpStatus, isContracted)
    ? { json: {}, httpStatus }
    : { failure: 'UNAVAILABLE', reason: `HTTP ${httpStatus}` };

const lost = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];
/** The response had begun, and its sender did not send all of it. */
const cutShort = ['UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'];

function readFailure(error: Error, code: string, isCutShort: boolean): PartnerResponse {
  if (isCutShort) {
    return { failure: 'INVALID_RESPONSE', reason: 'the response is incomplete' };
  }
  if (error instanceof TooManyBytes) return tooLarge;
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    return { failure: 'TIMED_OUT', reason: 'no connection in time' };
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return { failure: 'RESPONSE_TOO_LARGE', reason: 'more headers than allowed' };
  }
  // undici’s parser gives no code if the response is not HTTP.
  if (error instanceof errors.HTTPParserError) {
    return { failure: 'INVALID_RESPONSE', reason: 'no HTTP' };
  }
  return { failure: 'UNAVAILABLE', reason: code || 'no connection' };
}
