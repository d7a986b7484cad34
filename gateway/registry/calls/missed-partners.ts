import type { CallOutcome } from '../partner-status.js';

/** How a call fails. */
type CallFailure = Exclude<CallOutcome, 'ANSWERED' | 'OVERLOADED'>;

/** The partners that recently failed to respond to this hub, and how. */
export interface MissedPartners {
  /** Resolves when the hub’s other workers know. A code that is not in the network is ignored. */
  record(code: string, failure: CallFailure): Promise<void>;
  /** Adds what another worker recorded. */
  add(missed: Missed): void;
  failureOf(code: string): CallFailure | undefined;
}

export interface Missed {
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
  const add = ({ partner: code, failure }: Missed) => {
    if (known.has(code)) missed.set(code, { failure, at: now() });
  };
  return {
    add,
    async record(partner, failure) {
      if (!known.has(partner)) return;
      add({ partner, failure });
      const last = notified.get(partner);
      if (last?.failure === failure && now() - last.at < recentMs * notifyAfter) return;
      notified.set(partner, { failure, at: now() });
      await notify({ partner, failure });
    },
    failureOf(code) {
      const last = missed.get(code);
      return last && now() - last.at < recentMs ? last.failure : undefined;
    },
  };
}
