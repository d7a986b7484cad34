import type { PartnerAnswer, PartnerCall, PartnerPort } from '../partner-port.js';
import { SharedCalls } from './in-flight-calls.js';
import { judgeWrite, type WriteOutcome } from './judge-write.js';
import type { KeptShelf } from './response-cache.js';

/** A partner’s data may have changed by way of this hub, or another worker of it. */
export interface Write {
  readonly partner: string;
  /** True where no answer came: what was sent may be done yet. */
  readonly isUnanswered: boolean;
}

export interface SharedPortOptions {
  /** For one call, from its start to the last byte of its answer. */
  readonly deadlineMs: number;
  readonly kept: KeptShelf;
  /**
   * For how many seconds, at most, everybody may be given what a document selects, whatever its variables. What a partner
   * allows beyond that is not believed. 0 for what is not for everybody.
   */
  maxAgeOf(document: string): number;
  /** Called when a mutation that may have changed something is over. Its response waits for the result. */
  onWrite(write: Write): Promise<void>;
}

/** A partner, asked no more often than need be. */
export interface SharedPort extends PartnerPort {
  /** Nothing that was asked before answers what is asked from now on. */
  forget(write?: Pick<Write, 'isUnanswered'>): void;
}

/** For so long a partner may still be at work on what it has not answered. */
const unansweredMs = 60_000;

/**
 * Puts before a partner what saves it from being asked: equal questions of one reader at one time are one call, and
 * what it says may be kept answers everybody until then. A mutation is never shared, and ends both for what came before it
 * was over, unless it changed nothing.
 */
export function sharePort(port: PartnerPort, options: SharedPortOptions): SharedPort {
  const { code } = port;
  const { deadlineMs, kept, maxAgeOf, onWrite } = options;
  /** Told apart are what was asked before a write and after it. */
  let generation = 0;
  let keepsFrom = 0;
  /** One call, whoever waits for it, and whoever still does when it is answered. */
  const read = async (call: PartnerCall): Promise<PartnerAnswer> => {
    const asked = generation;
    const askedAt = performance.now();
    const answer = await port.ask(call);
    if ('fault' in answer) {
      // Nothing of an unavailable partner stays cached. A client that left or ran out of time, and a late hub, are not its fault.
      const isHubs = answer.fault === 'OVERLOADED';
      if (!call.signal.aborted && !answer.isSecondHand && !isHubs) kept.clear();
    } else if (
      answer.freshness &&
      asked === generation &&
      askedAt >= keepsFrom &&
      isWhole(answer)
    ) {
      const { freshness } = answer;
      const seconds = Math.min(freshness.seconds, maxAgeOf(call.query));
      if (seconds > 0)
        kept.keep(call.body, { ...answer, freshness: { ...freshness, seconds } }, askedAt);
    }
    return answer;
  };
  const calls = new SharedCalls({ ask: read }, deadlineMs);

  const forget = ({ isUnanswered }: Pick<Write, 'isUnanswered'> = { isUnanswered: false }) => {
    generation += 1;
    kept.clear();
    calls.forget();
    if (isUnanswered) keepsFrom = performance.now() + unansweredMs;
  };
  const write = async (call: PartnerCall): Promise<PartnerAnswer> => {
    let outcome: WriteOutcome = 'unknown';
    try {
      const answer = await port.ask(call);
      outcome = judgeWrite(answer);
      return answer;
    } finally {
      // Before this, no client knows that the mutation is done, so what is cached is still valid.
      if (outcome !== 'nothing') {
        const isUnanswered = outcome === 'unknown';
        forget({ isUnanswered });
        await onWrite({ partner: code, isUnanswered });
      }
    }
  };
  return {
    code,
    ask(call) {
      if (!call.isRepeatable) return write(call);
      const known = call.wantsFresh ? undefined : kept.get(call.body);
      return known ? Promise.resolve(known) : calls.ask(call);
    },
    forget,
    close: () => port.close(),
  };
}

/** True for data without errors. */
function isWhole({ json }: { readonly json: unknown }): boolean {
  if (typeof json !== 'object' || json === null) return false;
  const { data, errors } = json as { readonly data?: unknown; readonly errors?: unknown };
  return typeof data === 'object' && data !== null && errors === undefined;
}
