import { timeForCallee, type Reader } from '@hub/shared/identity';
import { errors, Pool } from 'undici';
import { Exchange } from './exchange.js';
import {
  clientGone,
  cutShort,
  late,
  leastShare,
  passedDeadline,
  type PartnerAnswer,
  type PartnerCall,
  type PartnerPort,
} from './partner-port.js';

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
  request: {
    readonly method: string;
    readonly path: string;
    readonly body: Buffer;
    /** How long the partner may take: it has less than the hub waits, by what the way back takes. */
    readonly timeLeftMs: number;
  },
  reader: Reader,
) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;

/** How many requests are under way to one partner at a time; further ones wait within their deadline. */
const connections = 32;

const connectTimeoutMs = 2_000;

/** Calls one partner over a pool of kept connections, and bounds what it may cost: time, bytes, redirects. */
export function createPartnerClient(
  { code, url, deadlineMs, maxResponseBytes }: PartnerSettings,
  /** @default nothing is signed */
  sign: SignRequest = () => ({}),
  /** Told that a connection ended which the hub itself did not give up. */
  onDisconnect: () => void = () => undefined,
): PartnerPort {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections,
    connect: { timeout: connectTimeoutMs },
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  pool.on('disconnect', (_origin, _targets, error) => {
    const isOwn =
      error instanceof errors.RequestAbortedError || error instanceof errors.InformationalError;
    if (!isOwn) onDisconnect();
  });

  const path = pathname + search;
  const send: Send = (body, { requestId, reader }, until, exchange) => {
    const dispatch = (signature: Readonly<Record<string, string>>) => {
      if (exchange.isOver) return;
      const headers = [...ownHeaders, 'x-request-id', requestId];
      for (const name in signature) headers.push(name, signature[name] ?? '');
      pool.dispatch({ method: 'POST', path, headers, body }, exchange);
    };
    // Anew for each try: a partner takes a signature once.
    const timeLeftMs = timeForCallee(until - Date.now());
    const signature = sign({ method: 'POST', path: pathname, body, timeLeftMs }, reader);
    return signature instanceof Promise ? signature.then(dispatch) : dispatch(signature);
  };
  return {
    code,
    ask: (call) =>
      new Promise((resolve) => {
        const remaining = Math.min(deadlineMs, call.deadline - Date.now());
        const expired = remaining < deadlineMs * leastShare ? cutShort : late;
        if (call.signal.aborted) resolve(clientGone);
        else if (remaining <= 0) resolve(passedDeadline);
        else new Asking(call, send, maxResponseBytes, resolve).start(remaining, expired);
      }),
    close: () => pool.destroy(),
  };
}

type Send = (
  body: Buffer,
  call: PartnerCall,
  until: number,
  exchange: Exchange,
) => void | Promise<void>;

/** One call, with a second try where it may have one. */
class Asking {
  readonly #body: Buffer;
  #exchange: Exchange | undefined;
  #timer: NodeJS.Timeout | undefined;
  #until = 0;

  constructor(
    private readonly call: PartnerCall,
    private readonly send: Send,
    private readonly maxBytes: number,
    private readonly resolve: (answer: PartnerAnswer) => void,
  ) {
    this.#body = Buffer.from(call.body);
  }

  /** @param expired what it comes to when there is no response in that time */
  start(remainingMs: number, expired: PartnerAnswer): void {
    this.#until = Date.now() + remainingMs;
    this.#timer = setTimeout(() => this.#stop(expired), remainingMs);
    this.call.signal.addEventListener('abort', this.#abort, { once: true });
    this.#try(this.call.isRepeatable);
  }

  #try(isRepeatable: boolean): void {
    const exchange = new Exchange(this.maxBytes, this.call.parse, (answer, isConnectionLost) => {
      if (isConnectionLost && isRepeatable) this.#try(false);
      else this.#end(answer);
    });
    this.#exchange = exchange;
    const fail = () => this.#stop(unsigned);
    try {
      this.send(this.#body, this.call, this.#until, exchange)?.catch(fail);
    } catch {
      fail();
    }
  }

  readonly #abort = () => this.#stop(clientGone);

  #stop(answer: PartnerAnswer): void {
    this.#exchange?.cancel();
    this.#end(answer);
  }

  #end(answer: PartnerAnswer): void {
    clearTimeout(this.#timer);
    this.call.signal.removeEventListener('abort', this.#abort);
    this.resolve(answer);
  }
}

const ownHeaders = [
  ['content-type', 'application/json'],
  ['accept', 'application/graphql-response+json, application/json;q=0.9'],
  ['accept-encoding', 'identity'],
].flat();

const unsigned: PartnerAnswer = { fault: 'UNAVAILABLE', reason: 'the request was not signed' };
