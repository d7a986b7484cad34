import type { Caller, ClientSignal } from '@hub/shared/graphql';
import type { Reader } from '@hub/shared/identity';
import type { ParseResponse } from '../../engine/json/compile-parser.js';
import type { Freshness } from './cache-control.js';
import type { CallKeeper } from './call-keeper.js';
import type { CallFailure } from './call-status.js';
import type { StoredResponse } from './last-good/last-good-store.js';
import type { TurnBudget } from './turn-budget.js';

/** The headers that a foreign subgraph gets of a client, and the names of those that come back. */
export interface ForwardedHeaders {
  readonly headers: Readonly<Record<string, string>>;
  readonly wanted: readonly string[];
  /** Part of the cache key: calls with different keys never share a response. */
  readonly key: string;
}

/** One request to a partner: what, for whom, and how long it may take. */
export interface PartnerCall {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
  /** The request body: the three above as JSON. */
  readonly body: string;
  /** Parses the response. @default any JSON in UTF-8 */
  readonly parse?: ParseResponse;
  /** What the parser leaves as text. Calls that differ in it share no response. @default nothing */
  readonly layout?: string | undefined;
  /** True if the request may be sent twice. Never true for a mutation. */
  readonly isRepeatable: boolean;
  readonly requestId: string;
  /** The caller. */
  readonly reader: Reader;
  /** What the client calls its program. */
  readonly clientName?: string | undefined;
  /** The trace context of the call. @default it is not traced */
  readonly traceparent?: string | undefined;
  /** What passes between the client and a foreign subgraph. @default nothing */
  readonly forwarded?: ForwardedHeaders | undefined;
  /** True if a cached response must not be used. @default false */
  readonly wantsFresh?: boolean;
  /** Keeps the request and its response for evidence. @default they are not kept */
  readonly keeper?: CallKeeper | undefined;
  /** Fires when all clients that wait for it have disconnected. */
  readonly signal: ClientSignal;
  /** The deadline of the whole operation, in milliseconds since the epoch. */
  readonly deadline: number;
  /** Whose slot the call takes. @default it needs none */
  readonly caller?: Caller;
  /** Whether to compare the partner’s clock with the hub’s. @default false */
  readonly readsClock?: boolean;
  /**
   * The operation with whose other calls of this moment it may be one request; one object for each
   * operation. @default it is a request of its own
   */
  readonly combinedIn?: object | undefined;
  /** How much time the operation lost because the hub was late. @default none */
  readonly time?: { lostMs(): number };
}

/** A partner’s response: its JSON as it came, or why there is none. */
export type PartnerResponse = (
  | {
      /** Shared with other callers: it must not be changed. */
      readonly json: unknown;
      readonly httpStatus: number;
      /** How long it may be cached. Undefined if not at all. */
      readonly freshness?: Freshness | undefined;
      /** The difference of the partner’s clock, if it was requested and is too large. */
      readonly skew?: string | undefined;
      /** How old it can be, if it came from the cache. */
      readonly cachedSeconds?: number;
      /** Pays for the work on it. Undefined if it is short. */
      readonly budget?: TurnBudget;
    }
  | {
      readonly failure: CallFailure;
      readonly reason: string;
      /**
       * How long the partner had, if that was too little because the operation had no more time. 0 if
       * it got no request.
       */
      readonly hadMs?: number;
    }
) & {
  /**
   * True if it came from the cache or by another caller’s call, or if the caller had less time than
   * the partner is given. It then says nothing new about the partner’s availability.
   */
  readonly isSecondHand?: boolean;
  /** The headers that the call wanted. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
};

/** The most representations that a partner accepts in one request. */
export const mostRepresentations = 1_000;

/** Something that serves a subgraph: a partner over HTTP, or the hub’s own subgraph. */
export interface PartnerPort {
  readonly code: string;
  ask(call: PartnerCall): Promise<PartnerResponse>;
  /** No response so far serves a later call. */
  invalidate?(): void;
  /**
   * What the partner responded before it went away, if everybody may read it and the partner allows
   * that it is shown.
   */
  findLastGood?(call: Pick<PartnerCall, 'body' | 'reader'>): Promise<StoredResponse | undefined>;
  close(): Promise<void>;
}

/**
 * A call that had less than this part of a partner’s time says nothing about the partner’s
 * availability.
 */
export const leastPart = 0.5;
/** The operation had less time left than that. */
const outOfTime = {
  failure: 'TIMED_OUT',
  reason: 'no complete response within the operation’s deadline',
  isSecondHand: true,
} as const;
export const late: PartnerResponse = {
  failure: 'TIMED_OUT',
  reason: 'no complete response within the deadline',
};
/** The hub itself is busy; the partner is not the cause. */
export const hubOverloaded: PartnerResponse = {
  failure: 'OVERLOADED',
  reason: 'the hub is busy',
};
export const hung: PartnerResponse = {
  failure: 'TIMED_OUT',
  reason: 'the partner does not respond',
};
/** The partner has used up its {@link TurnBudget}. */
export const tooLong: PartnerResponse = {
  failure: 'RESPONSE_TOO_LARGE',
  reason: 'its long responses took too much of the hub’s time',
};
export const clientGone: PartnerResponse = {
  failure: 'UNAVAILABLE',
  reason: 'the client disconnected',
};

/**
 * The result of a call that the operation’s deadline ended. If the partner would have had its whole
 * time without the delay in the hub, the partner is not late.
 */
export function judgeDeadline(
  { time, isRepeatable }: Pick<PartnerCall, 'time' | 'isRepeatable'>,
  /** The partner’s time for a call, and how much of it the partner had. */
  { deadlineMs, hadMs }: { readonly deadlineMs: number; readonly hadMs: number },
): PartnerResponse {
  const lostMs = time?.lostMs() ?? 0;
  if (lostMs === 0 || hadMs + lostMs < deadlineMs)
    return hadMs < deadlineMs * leastPart ? { ...outOfTime, hadMs } : late;
  // The mutation may have been executed, so the response names the partner. Its status does not change.
  return isRepeatable ? hubOverloaded : { ...late, isSecondHand: true };
}

/** The same for a call that did not start. It says nothing about the partner’s availability. */
export const passedDeadline = (call: PartnerCall, deadlineMs: number): PartnerResponse => ({
  ...judgeDeadline(call, { deadlineMs, hadMs: 0 }),
  isSecondHand: true,
});

/** Does work on a response. If the response is long, its partner pays. */
export function runWithin<Result>(response: PartnerResponse, work: () => Result): Result {
  const budget = 'json' in response ? response.budget : undefined;
  return budget ? budget.run(work) : work();
}
