import type { CallOutcome } from './partner-status.js';

/** How a call fails. */
type CallFailure = Exclude<CallOutcome, 'ANSWERED' | 'OVERLOADED'>;

/** The partners that recently failed to respond to this hub, and how. */
export interface MissedPartners {
  /** Resolves when the hub’s other workers know. A code that is not in the network is ignored. */
  record(code: string, failure: CallFailure, details?: MissedDetails): Promise<void>;
  /** Adds what another worker recorded. */
  add(missed: Missed): void;
  failureOf(code: string): CallFailure | undefined;
  /**
   * The partner for which the waiter’s own requests to the hub waited in vain, for most of the last
   * `ms` milliseconds.
   */
  waitedFor(waiter: string, ms: number): string | undefined;
}

interface MissedDetails {
  /** True if the failure says nothing about the partner’s availability. @default false */
  readonly isSecondHand?: boolean | undefined;
  /** The partner whose own request waited, and for how long. @default no partner’s */
  readonly waiter?: { readonly code: string; readonly ms: number } | undefined;
}

export interface Missed extends MissedDetails {
  readonly partner: string;
  readonly failure: CallFailure;
}

export interface MissedPartnersOptions {
  readonly partners: readonly string[];
  /** Notifies the hub’s other workers. */
  readonly notify: (missed: Missed) => Promise<void>;
  /** How long a failure is remembered, in milliseconds. @default 30000 */
  readonly recentMs?: number;
  /** A monotonic clock. @default `performance.now` */
  readonly now?: () => number;
}

/**
 * The other workers are notified of a failure again after this part of the time for which it is
 * remembered.
 */
const notifyAfter = 0.25;

/** A late partner that waited for another one for this part of its time is not late itself. */
const mostOfTime = 0.5;

/**
 * Remembers how each partner failed. A partner that needs another partner’s response names the one that failed. The hub
 * believes it only if that one failed the hub too, in any worker: partners’ requests may come to any of them.
 */
export function createMissedPartners({
  partners,
  notify,
  recentMs = 30_000,
  now = () => performance.now(),
}: MissedPartnersOptions): MissedPartners {
  const known = new Set(partners);
  const missed = new Map<string, { readonly failure: CallFailure; readonly at: number }>();
  const notified = new Map<string, { readonly failure: CallFailure; readonly at: number }>();
  /** By the code of who waited. */
  const waits = new Map<
    string,
    { readonly partner: string; readonly ms: number; readonly at: number }[]
  >();
  const add = ({ partner: code, failure, waiter }: Missed) => {
    if (!known.has(code)) return;
    missed.set(code, { failure, at: now() });
    if (!waiter || !known.has(waiter.code)) return;
    const recent = (waits.get(waiter.code) ?? []).filter(({ at }) => now() - at < recentMs);
    waits.set(waiter.code, [...recent, { partner: code, ms: waiter.ms, at: now() }]);
  };
  return {
    add,
    async record(partner, failure, details) {
      if (!known.has(partner)) return;
      const one = { partner, failure, ...details };
      add(one);
      const last = notified.get(partner);
      const isNotified = last?.failure === failure && now() - last.at < recentMs * notifyAfter;
      if (isNotified && !details?.waiter) return;
      notified.set(partner, { failure, at: now() });
      await notify(one);
    },
    failureOf(code) {
      const last = missed.get(code);
      return last && now() - last.at < recentMs ? last.failure : undefined;
    },
    waitedFor(waiter, ms) {
      const isLong = (wait: { readonly ms: number; readonly at: number }) =>
        Math.min(wait.ms, ms - (now() - wait.at)) >= ms * mostOfTime;
      return waits.get(waiter)?.find(isLong)?.partner;
    },
  };
}
