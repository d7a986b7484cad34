import type { ClientSignal } from '@hub/shared/graphql';
import type { Reader } from '@hub/shared/identity';
import type { Caller } from '@hub/shared/limits';
import type { Freshness } from './cache-control.js';
import type { CallFault } from './call-status.js';
import type { ParseAnswer } from './compile-parser.js';

/** What one partner is asked, for whom, and how long that may take. */
export interface PartnerCall {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
  /** The three as JSON, as they go over the wire. */
  readonly body: string;
  /** Reads the answer. @default any JSON in UTF-8 */
  readonly parse?: ParseAnswer;
  /** True for what may be asked twice. A mutation never is. */
  readonly isRepeatable: boolean;
  readonly requestId: string;
  /** For whom the partner is asked. */
  readonly reader: Reader;
  /** True if a cached response must not be used. @default false */
  readonly wantsFresh?: boolean;
  /** Fires when the clients that wait for it have gone away. */
  readonly signal: ClientSignal;
  /** When the whole operation has to be answered, in milliseconds since the epoch. */
  readonly deadline: number;
  /** For whom it takes one of the slots for calls to this partner. @default it needs none */
  readonly caller?: Caller;
  /** Whether the partner’s clock is compared with this one. @default false */
  readonly readsClock?: boolean;
  /** How much time the operation has lost because this hub was late. @default none */
  readonly time?: { lostMs(): number };
}

/** What a partner said: its JSON as it came, or why there is none. */
export type PartnerAnswer = (
  | {
      /** Others may have it too: it is read, and never written to. */
      readonly json: unknown;
      readonly httpStatus: number;
      /** How long its sender lets it be kept; undefined for what is nobody’s to keep. */
      readonly freshness?: Freshness | undefined;
      /** By how much the partner’s clock differs, where that was asked and is too much. */
      readonly skew?: string | undefined;
    }
  | { readonly fault: CallFault; readonly reason: string }
) & {
  /**
   * True where it came by another’s call, or the caller had less time than the partner is given: it says nothing new of
   * whether the partner is there.
   */
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

/** A call that had less than this part of a partner’s time does not show whether the partner is available. */
export const leastShare = 0.5;
/** The operation had less time left than that. */
const cutShort: PartnerAnswer = {
  fault: 'TIMED_OUT',
  reason: 'no whole answer within the operation’s deadline',
  isSecondHand: true,
};
export const late: PartnerAnswer = {
  fault: 'TIMED_OUT',
  reason: 'no whole answer within the deadline',
};
/** The hub itself is busy; the partner is not the cause. */
export const hubOverloaded: PartnerAnswer = {
  fault: 'OVERLOADED',
  reason: 'the hub is busy',
};
export const hung: PartnerAnswer = { fault: 'TIMED_OUT', reason: 'the partner hangs' };
export const clientGone: PartnerAnswer = { fault: 'UNAVAILABLE', reason: 'the client went away' };

/**
 * The result of a call that the operation’s deadline ended. A partner that would have had its whole time without the hub’s
 * own lateness is not late.
 */
export function judgeDeadline(
  { time, isRepeatable }: Pick<PartnerCall, 'time' | 'isRepeatable'>,
  /** What the partner has for a call, and what it had of that. */
  { deadlineMs, hadMs }: { readonly deadlineMs: number; readonly hadMs: number },
): PartnerAnswer {
  const lostMs = time?.lostMs() ?? 0;
  if (lostMs === 0 || hadMs + lostMs < deadlineMs)
    return hadMs < deadlineMs * leastShare ? cutShort : late;
  // The mutation may have been executed, so the response names the partner. Its status does not change.
  return isRepeatable ? hubOverloaded : { ...late, isSecondHand: true };
}

/** The same for a call that did not begin, which does not show whether the partner is available. */
export const passedDeadline = (call: PartnerCall, deadlineMs: number): PartnerAnswer => ({
  ...judgeDeadline(call, { deadlineMs, hadMs: 0 }),
  isSecondHand: true,
});
