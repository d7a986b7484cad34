import type { CallOutcome } from '../partner-status.js';

/** How a call fails. */
type CallFailureKind = Exclude<CallOutcome, 'ANSWERED'>;

/** How quickly a partner’s server responded lately. */
interface ResponseTimes {
  readonly count: number;
  /** Half of the responses took this long at most, in milliseconds. */
  readonly medianMs: number;
  /** 99 of 100 responses took this long at most, in milliseconds. */
  readonly p99Ms: number;
}

/** Failed calls of one kind, without a pause between them. */
export interface RecentFailure {
  readonly kind: CallFailureKind;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly count: number;
}

/** What the hub remembers of its calls to each partner. Codes that are not in the network are ignored. */
export interface CallHistory {
  recordResponseTime(code: string, ms: number): void;
  recordOutcome(code: string, outcome: CallOutcome): void;
  /** Undefined if there was no response lately. */
  responseTimesOf(code: string): ResponseTimes | undefined;
  /** The newest first. */
  failuresOf(code: string): readonly RecentFailure[];
}

interface CallHistoryOptions {
  readonly partners: readonly string[];
  readonly clock?: () => Date;
}

/** Only responses of this time count, and no more than the newest of them. */
const recentMs = 10 * 60_000;
const mostResponses = 512;
/** A failure after this pause is a new one. Health checks come more often. */
const pauseMs = 60_000;
const mostFailures = 10;

/** The newest response times of one partner. New ones take the place of the oldest. */
class TimeRing {
  readonly #times = new Float64Array(mostResponses);
  readonly #recordedAt = new Float64Array(mostResponses);
  #next = 0;

  add(ms: number, at: number): void {
    this.#times[this.#next] = ms;
    this.#recordedAt[this.#next] = at;
    this.#next = (this.#next + 1) % mostResponses;
  }

  /** From the shortest to the longest. */
  listSince(at: number): Float64Array {
    return this.#times.filter((_, index) => (this.#recordedAt[index] ?? 0) > at).toSorted();
  }
}

/** Remembers response times and failures of each partner, in memory of limited size. */
export function createCallHistory({
  partners,
  clock = () => new Date(),
}: CallHistoryOptions): CallHistory {
  const times = new Map(partners.map((code) => [code, new TimeRing()]));
  const failures = new Map<string, readonly RecentFailure[]>(partners.map((code) => [code, []]));
  return {
    recordResponseTime: (code, ms) => times.get(code)?.add(ms, clock().getTime()),
    recordOutcome(code, kind) {
      const known = failures.get(code);
      if (kind === 'ANSWERED' || !known) return;
      failures.set(code, addFailure(known, kind, clock()));
    },
    responseTimesOf(code) {
      const sorted = times.get(code)?.listSince(clock().getTime() - recentMs);
      if (!sorted?.length) return undefined;
      return { count: sorted.length, medianMs: rank(sorted, 0.5), p99Ms: rank(sorted, 0.99) };
    },
    failuresOf: (code) => failures.get(code) ?? [],
  };
}

/** The least time that this part of all times does not exceed, to a tenth of a millisecond. */
function rank(sorted: Float64Array, part: number): number {
  const ms = sorted[Math.ceil(sorted.length * part) - 1] ?? 0;
  return Math.round(ms * 10) / 10;
}

function addFailure(
  known: readonly RecentFailure[],
  kind: CallFailureKind,
  at: Date,
): readonly RecentFailure[] {
  const last = known.find((one) => one.kind === kind);
  if (!last || at.getTime() - last.lastAt.getTime() > pauseMs)
    return [{ kind, firstAt: at, lastAt: at, count: 1 }, ...known].slice(0, mostFailures);
  const others = known.filter((one) => one !== last);
  return [{ ...last, lastAt: at, count: last.count + 1 }, ...others];
}
