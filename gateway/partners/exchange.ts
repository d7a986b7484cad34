import { clockToleranceSeconds, isRefusalReason, refusalHeader } from '@hub/shared/identity';
import { errors, type Dispatcher } from 'undici';
import { readFreshSeconds, weighAnswer, type AnswerHeaders } from './cache-control.js';
import { parseJson, type ParseAnswer } from './compile-parser.js';
import type { PartnerAnswer } from './partner-port.js';
import { refusalByStatus } from './read-response.js';

/**
 * One request to a partner and its answer, as they come off the wire: no streams, and no copies but the one that joins
 * an answer’s pieces. It settles once, and whatever is not read to its end is given up with its connection.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #isOver = false;
  #status = 0;
  #bytes = 0;
  #freshSeconds: number | undefined;
  #skew: string | undefined;
  readonly #chunks: Buffer[] = [];

  constructor(
    private readonly maxBytes: number,
    private readonly parse: ParseAnswer = parseJson,
    /** Told whether the connection was refused, or went, so that the partner may not even have been asked. */
    private readonly settle: (answer: PartnerAnswer, isConnectionLost: boolean) => void,
    /** Whether the partner’s clock is compared with this one. */
    private readonly readsClock = false,
  ) {}

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Gives up without a word to whoever waits. */
  cancel(): void {
    this.#isOver = true;
    this.#controller?.abort(new errors.RequestAbortedError());
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Given up while it was waiting for a connection.
    if (this.#isOver) controller.abort(new errors.RequestAbortedError());
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: AnswerHeaders,
  ): void {
    // The real answer is still to come.
    if (statusCode < 200) return;
    this.#status = statusCode;
    if (this.readsClock) this.#skew = describeSkew(headers);
    const settled = readHeaders(statusCode, headers);
    if (settled) this.#giveUp(settled);
    else if (Number(headers['content-length']) > this.maxBytes) this.#giveUp(tooLarge);
    else if (statusCode === 200) this.#freshSeconds = readFreshSeconds(headers);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.maxBytes) this.#giveUp(tooLarge);
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const body = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    const answer = this.#readBody(body);
    const seconds = this.#freshSeconds;
    const freshness = seconds ? { seconds, bytes: weighAnswer(body) } : undefined;
    const skew = this.#skew;
    this.#end(freshness || skew ? { ...answer, freshness, skew } : answer);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const code = 'code' in error ? String(error.code) : '';
    const isCutShort = this.#status !== 0 && cutShort.includes(code);
    this.#end(readFailure(error, code, isCutShort), !isCutShort && lost.includes(code));
  }

  #readBody(body: Buffer): PartnerAnswer {
    try {
      return { json: this.parse(body), httpStatus: this.#status };
    } catch {
      return this.#status >= 400
        ? byStatus(this.#status)
        : { fault: 'INVALID_RESPONSE', reason: 'no JSON in UTF-8' };
    }
  }

  #giveUp(answer: PartnerAnswer): void {
    this.#end(answer);
    this.cancel();
  }

  #end(answer: PartnerAnswer, isConnectionLost = false): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.settle(answer, isConnectionLost);
  }
}

const tooLarge = { fault: 'RESPONSE_TOO_LARGE', reason: 'more bytes than allowed' } as const;

const json = /^application\/(graphql-response\+)?json\b/i;

/** A status or header that settles the answer before its body is read. */
function readHeaders(statusCode: number, headers: AnswerHeaders): PartnerAnswer | undefined {
  if (statusCode === 401) return { fault: 'REFUSED', reason: describeRefusal(headers) };
  if (statusCode >= 300 && statusCode < 400) {
    return { fault: 'INVALID_RESPONSE', reason: `a redirect (HTTP ${statusCode})` };
  }
  const isJson = json.test(String(headers['content-type'] ?? ''));
  const encoding = headers['content-encoding'];
  const isPlain = encoding === undefined || encoding === 'identity';
  if (isJson && isPlain && statusCode !== 204) return undefined;
  return statusCode >= 400
    ? byStatus(statusCode)
    : { fault: 'INVALID_RESPONSE', reason: 'no plain JSON' };
}

/** Why a partner did not accept the hub, as far as it says, and by how much its clock differs from this one. */
export function describeRefusal(headers: AnswerHeaders, now = Date.now()): string {
  const said = headers[refusalHeader];
  const skew = describeSkew(headers, now);
  return ['HTTP 401', ...(isRefusalReason(said) ? [said] : []), ...(skew ? [skew] : [])].join(', ');
}

/** By how much a partner’s clock differs from this one; undefined where that is within the tolerance. */
export function describeSkew(headers: AnswerHeaders, now = Date.now()): string | undefined {
  const aheadSeconds = (Date.parse(String(headers['date'])) - now) / 1_000;
  // The header leaves out what is less than a second: on average half of one.
  if (!(Math.abs(aheadSeconds + 0.5) > clockToleranceSeconds + 0.5)) return undefined;
  const seconds = Math.round(Math.abs(aheadSeconds));
  return `its clock is ${seconds} s ${aheadSeconds > 0 ? 'ahead' : 'behind'}`;
}

/** A response of which the status alone can be read. Some say what is wrong with the request, whoever sends them. */
const byStatus = (httpStatus: number): PartnerAnswer =>
  refusalByStatus.has(httpStatus)
    ? { json: {}, httpStatus }
    : { fault: 'UNAVAILABLE', reason: `HTTP ${httpStatus}` };

const lost = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];
/** Of an answer that had begun: its sender did not send what it had announced. */
const cutShort = ['UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'];

function readFailure(error: Error, code: string, isCutShort: boolean): PartnerAnswer {
  if (isCutShort) {
    return { fault: 'INVALID_RESPONSE', reason: 'the answer is cut short' };
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    return { fault: 'TIMED_OUT', reason: 'no connection in time' };
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return { fault: 'RESPONSE_TOO_LARGE', reason: 'more headers than allowed' };
  }
  // Of what is no HTTP at all, undici’s parser gives no code.
  if (error instanceof errors.HTTPParserError) {
    return { fault: 'INVALID_RESPONSE', reason: 'no HTTP' };
  }
  return { fault: 'UNAVAILABLE', reason: code || 'no connection' };
}
