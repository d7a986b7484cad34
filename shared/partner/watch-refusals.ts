import { clockToleranceSeconds, type RefusalReason } from '../identity/index.js';
import type { Logger } from '../telemetry/index.js';

/** What is known of the requests that a partner accepted and refused of late. */
export interface RefusalWatch {
  accepted(): void;
  /** Takes by how much the clock that dated an accepted request is ahead of this one. */
  compared(aheadSeconds: number): void;
  /** @param skewSeconds by how much the sender’s clock is ahead, where the request says its time */
  refused(reason: RefusalReason, skewSeconds?: number): void;
  /** Why the hub cannot be served, where it is refused and nothing of it is accepted; undefined where all is well. */
  findFault(): string | undefined;
}

/** For this long after an accepted request, refusals are not blamed on the hub: it asks four times as often. */
const recentMs = 60_000;
/** Each reason is logged once in this time, however often it comes: nobody fills the log from outside. */
const logMs = 10_000;
const skewLogMs = 600_000;
/** A request that waited looks old. Clocks differ only if every request of so long a time is old. */
const agedMs = 10_000;

/** What the reasons say of the keys and clocks of the two sides. The others may be anybody’s. */
const faults: Readonly<Partial<Record<RefusalReason, string>>> = {
  KEY: 'HUB_KEYS_FOREIGN: the hub signs with a key that is not the registered one.',
  PARTNER_KEY:
    'OWN_KEYS_FOREIGN: the hub signs for other keys of this partner than those in its key file.',
  SIGNATURE: 'HUB_SIGNATURE_REFUSED: keys of one name differ, or a proxy changes the path.',
  ASSERTION: 'HUB_KEYS_FOREIGN: the hub’s assertions are by a key that is not the registered one.',
  CLOCK: `CLOCK: the hub’s clock and this one differ by more than ${clockToleranceSeconds} s.`,
};

/** Logs why requests are refused, without what was in them, and finds out when it is the hub that is refused. */
export function watchRefusals(
  logger: Logger,
  now: () => number = () => performance.now(),
): RefusalWatch {
  let acceptedAt = -Infinity;
  let differedAt = -Infinity;
  /** Since when all accepted requests are too old, and the age of the youngest of them. */
  let aged: { readonly since: number; readonly ageSeconds: number } | undefined;
  let last: { readonly reason: RefusalReason; readonly at: number } | undefined;
  const logged = new Map<RefusalReason, { at: number; times: number }>();
  return {
    accepted() {
      acceptedAt = now();
    },
    compared(aheadSeconds) {
      if (Math.abs(aheadSeconds) <= clockToleranceSeconds) {
        aged = undefined;
        return;
      }
      const at = now();
      const isAged = aheadSeconds < 0;
      if (isAged) {
        const ageSeconds = Math.min(-aheadSeconds, aged?.ageSeconds ?? Infinity);
        aged = { since: aged?.since ?? at, ageSeconds };
        if (at - aged.since < agedMs) return;
      }
      if (at - differedAt < skewLogMs) return;
      differedAt = at;
      const skewSeconds = Math.ceil(isAged && aged ? -aged.ageSeconds : aheadSeconds);
      logger.warn({ reason: 'CLOCK', skewSeconds }, 'the clocks of the hub and this server differ');
    },
    refused(reason, skewSeconds) {
      const at = now();
      if (faults[reason]) last = { reason, at };
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
    findFault() {
      if (!last || now() - last.at >= recentMs || now() - acceptedAt < recentMs) return undefined;
      return faults[last.reason];
    },
  };
}
