import { clockToleranceSeconds } from '../../identity/clock-tolerance.js';
import type { RefusalReason } from '../../identity/refusal-reason.js';
import type { Logger } from '../../system/logger.js';

/** Tracks the requests that a partner recently accepted and refused. */
export interface RefusalWatch {
  accepted(): void;
  /**
   * Records by how much the sender’s clock of an accepted request seems to be ahead of this one.
   * Returns whether the clocks differ.
   */
  compared(aheadSeconds: number): boolean;
  /** @param skewSeconds by how much the sender’s clock is ahead, if the request has a time */
  refused(reason: RefusalReason, skewSeconds?: number): void;
  /** Why the hub cannot be served, if all its requests are refused. Undefined if it can. */
  findProblem(): string | undefined;
}

/**
 * For this long after an accepted request, refusals do not count against the hub, which sends four
 * times as many.
 */
const recentMs = 60_000;
/** Each reason is logged once in this time, so that nobody can fill the log from outside. */
const logMs = 10_000;
const skewLogMs = 600_000;
/**
 * A delayed request looks old: this process or a machine on the way was stopped. Clocks differ only
 * if every request of this time is old.
 */
const agedMs = 10_000;

/**
 * The reasons that concern the keys and clocks of the two sides. Other refused requests may come
 * from anybody.
 */
const problems: Readonly<Partial<Record<RefusalReason, string>>> = {
  KEY: 'HUB_KEYS_FOREIGN: the hub signs with a key that is not registered.',
  PARTNER_KEY:
    'OWN_KEYS_FOREIGN: the hub signs for other keys of this partner than those in its key file.',
  SIGNATURE: 'HUB_SIGNATURE_REFUSED: keys with the same name differ, or a proxy changes the path.',
  ASSERTION: 'HUB_KEYS_FOREIGN: the hub’s assertions are by a key that is not registered.',
  CLOCK: `CLOCK: the hub’s clock and this one differ by more than ${clockToleranceSeconds} s.`,
};

/**
 * Logs why requests are refused, without their content, and detects if it is the hub that is
 * refused.
 */
export function watchRefusals(
  logger: Logger,
  now: () => number = () => performance.now(),
): RefusalWatch {
  let acceptedAt = -Infinity;
  let differedAt = -Infinity;
  /** Since when all requests have been too old, and the age of the youngest of them. */
  let aged: { since: number; seenAt: number; ageSeconds: number } | undefined;
  /** Whether the clocks agreed when that began. */
  let hasAgreed = false;
  let last: { readonly reason: RefusalReason; readonly at: number } | undefined;
  const logged = new Map<RefusalReason, { at: number; times: number }>();
  /** Whether the clocks have differed for so long that no delay can be the cause. */
  const isLasting = (aheadSeconds: number): boolean => {
    if (aheadSeconds >= 0) return true;
    const at = now();
    if (!aged || at - aged.seenAt >= recentMs)
      aged = { since: at, seenAt: at, ageSeconds: Infinity };
    aged.seenAt = at;
    aged.ageSeconds = Math.min(aged.ageSeconds, -aheadSeconds);
    if (at - aged.since < agedMs) return false;
    hasAgreed = false;
    return true;
  };
  return {
    accepted() {
      acceptedAt = now();
    },
    compared(aheadSeconds) {
      if (Math.abs(aheadSeconds) <= clockToleranceSeconds) {
        aged = undefined;
        hasAgreed = true;
        return false;
      }
      if (!isLasting(aheadSeconds)) return !hasAgreed;
      const at = now();
      if (at - differedAt < skewLogMs) return true;
      differedAt = at;
      const skewSeconds = Math.ceil(aheadSeconds < 0 && aged ? -aged.ageSeconds : aheadSeconds);
      logger.warn({ reason: 'CLOCK', skewSeconds }, 'the clocks of the hub and this server differ');
      return true;
    },
    refused(reason, skewSeconds) {
      const isOld = reason === 'CLOCK' && skewSeconds !== undefined && skewSeconds < 0;
      if (isOld && !isLasting(skewSeconds) && hasAgreed) return;
      const at = now();
      if (problems[reason]) last = { reason, at };
      const known = logged.get(reason);
      if (known && at - known.at < logMs) {
        known.times += 1;
        return;
      }
      const times = (known?.times ?? 0) + 1;
      logged.set(reason, { at, times: 0 });
      logger.warn(
        { reason, times, ...(skewSeconds !== undefined && { skewSeconds }) },
        'request refused',
      );
    },
    findProblem() {
      if (!last || now() - last.at >= recentMs || now() - acceptedAt < recentMs) return undefined;
      return problems[last.reason];
    },
  };
}
