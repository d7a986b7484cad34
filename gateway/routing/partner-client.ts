import type { Reader } from '@hub/shared/identity';
import { errors, Pool } from 'undici';
import type { ParseAnswer } from './compile-parser.js';
import { Exchange } from './exchange.js';
import type { Freshness } from './freshness.js';
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
  request: { readonly method: string; readonly path: string; readonly body: Buffer },
  reader: Reader,
) => Promise<Record<string, string>>;

/** What a call needs of an `AbortSignal`: many are made, and a whole one is costly. */
export interface CallSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options: { readonly once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface PartnerCall {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
  /** The three as JSON, as they go over the wire, where somebody has written them already. */
  readonly body?: string;
  /** Reads the answer. @default any JSON in UTF-8 */
  readonly parse?: ParseAnswer;
  /** True for what may be asked twice. A mutation never is. */
  readonly isRepeatable: boolean;
  readonly requestId: string;
  /** For whom the partner is asked. */
  readonly reader: Reader;
  /** True where nothing that was kept of an earlier answer will do. @default false */
  readonly wantsFresh?: boolean;
  /** Fires when the client goes away. */
  readonly signal: CallSignal;
  /** When the whole operation has to be answered, in milliseconds since the epoch. */
  readonly deadline: number;
}

/** What a partner said: its JSON as it came, or why there is none. */
export type PartnerAnswer = (
  | {
      /** Others may have it too: it is read, and never written to. */
      readonly json: unknown;
      readonly httpStatus: number;
      /** How long its sender lets it be kept; undefined for what is nobody’s to keep. */
      readonly freshness?: Freshness;
    }
  | { readonly fault: PartnerFault; readonly reason: string }
) & {
  /** True where it came by another’s call: it says nothing new of whether the partner is there. */
  readonly isSecondHand?: boolean;
};

/** One that answers for a subgraph: a partner over HTTP, or the hub’s own slice. */
export interface PartnerPort {
  readonly code: string;
  ask(call: PartnerCall): Promise<PartnerAnswer>;
  /** Nothing that was answered so far is to be answered again. */
  forget?(): void;
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
  const send: Send = async (body, { requestId, reader }, exchange) => {
    // Anew for each try: a partner takes a signature once.
    const signature = await sign({ method: 'POST', path: pathname, body }, reader);
    if (exchange.isOver) return;
    const headers = { ...ownHeaders, 'x-request-id': requestId, ...signature };
    pool.dispatch({ method: 'POST', path, headers, body }, exchange);
  };
  return {
    code,
    ask: (call) =>
      new Promise((resolve) => {
        const remaining = Math.min(deadlineMs, call.deadline - Date.now());
        if (call.signal.aborted) resolve(clientGone);
        else if (remaining <= 0) resolve(passedDeadline);
        else new Asking(call, send, maxResponseBytes, resolve).start(remaining);
      }),
    close: () => pool.destroy(),
  };
}

type Send = (body: Buffer, call: PartnerCall, exchange: Exchange) => Promise<void>;

/** One call, with a second try where it may have one. */
class Asking {
  readonly #body: Buffer;
  #exchange: Exchange | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly call: PartnerCall,
    private readonly send: Send,
    private readonly maxBytes: number,
    private readonly resolve: (answer: PartnerAnswer) => void,
  ) {
    this.#body = Buffer.from(call.body ?? writeBody(call));
  }

  start(remainingMs: number): void {
    this.#timer = setTimeout(() => this.#stop(late), remainingMs);
    this.call.signal.addEventListener('abort', this.#abort, { once: true });
    this.#try(this.call.isRepeatable);
  }

  #try(isRepeatable: boolean): void {
    const exchange = new Exchange(this.maxBytes, this.call.parse, (answer, isConnectionLost) => {
      if (isConnectionLost && isRepeatable) this.#try(false);
      else this.#end(answer);
    });
    this.#exchange = exchange;
    this.send(this.#body, this.call, exchange).catch(() => this.#stop(unsigned));
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

/** What is asked, as it goes over the wire. */
export function writeBody({ query, variables, operationName }: PartnerCall): string {
  return JSON.stringify({ query, variables, operationName });
}

const ownHeaders = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json;q=0.9',
  'accept-encoding': 'identity',
};

export const passedDeadline: PartnerAnswer = {
  fault: 'TIMED_OUT',
  reason: 'the operation’s deadline has passed',
};
export const late: PartnerAnswer = {
  fault: 'TIMED_OUT',
  reason: 'no whole answer within the deadline',
};
export const clientGone: PartnerAnswer = { fault: 'UNAVAILABLE', reason: 'the client went away' };
const unsigned: PartnerAnswer = { fault: 'UNAVAILABLE', reason: 'the request was not signed' };
