/** A partner’s status in the hub’s own subgraph. */
export type Status = 'ANSWERING' | 'DEGRADED' | 'UNAVAILABLE' | 'MAINTENANCE' | 'QUARANTINED';

/** The result of a call to a partner, as in `extensions.completeness`. */
export type CallOutcome =
  | 'ANSWERED'
  | 'UNAVAILABLE'
  | 'TIMED_OUT'
  | 'INVALID_RESPONSE'
  | 'RESPONSE_TOO_LARGE'
  | 'REFUSED'
  | 'MAINTENANCE'
  | 'QUARANTINED'
  | 'OVERLOADED';

interface PartnerState {
  readonly status: Status;
  /** Since when the partner has this status. Unknown until the first call. */
  readonly statusSince: Date | undefined;
  readonly lastAnsweredAt: Date | undefined;
}

/** Keeps the status of each partner, from the results of calls. */
export interface PartnerStatus {
  /** Records the result of a call. Ignores codes that are not in the network. */
  recordCall(code: string, outcome: CallOutcome): void;
  /** Undefined for an unknown code. */
  read(code: string): PartnerState | undefined;
}

interface PartnerStatusOptions {
  readonly partners: readonly string[];
  readonly clock?: () => Date;
  /** True while calls to a partner fail at once, because it hangs. @default it never does */
  readonly isHung?: (code: string) => boolean;
  /** How long a failed call counts among successful ones, in milliseconds. @default 30000 */
  readonly recentMs?: number;
}

interface Call {
  readonly outcome: CallOutcome;
  readonly at: number;
}

interface Record {
  readonly code: string;
  calls: Call[];
  state: PartnerState;
}

/**
 * This many failed calls in a row mean that the partner is unavailable. One alone may be a
 * disturbance of the network.
 */
const failuresInARow = 2;
const mostCalls = 50;

/**
 * Decides each partner’s status from its recent calls: `ANSWERING` if all got a response,
 * `UNAVAILABLE` if the last two, or the only one, got none, or while it hangs, and otherwise `DEGRADED`. A partner is
 * also `DEGRADED` if its response is invalid or says that it is overloaded.
 */
export function createPartnerStatus({
  partners,
  clock = () => new Date(),
  isHung = () => false,
  recentMs = 30_000,
}: PartnerStatusOptions): PartnerStatus {
  const records = new Map<string, Record>(
    partners.map((code) => [
      code,
      {
        code,
        calls: [],
        state: { status: 'UNAVAILABLE', statusSince: undefined, lastAnsweredAt: undefined },
      },
    ]),
  );

  /** Failures become old even if there are no more calls. */
  function refresh(record: Record, now: Date): PartnerState {
    const known = decide(record.calls, now.getTime() - recentMs);
    const status = isHung(record.code) ? 'UNAVAILABLE' : known;
    if (status && (status !== record.state.status || !record.state.statusSince)) {
      record.state = { ...record.state, status, statusSince: now };
    }
    return record.state;
  }

  return {
    recordCall(code, outcome) {
      const record = records.get(code);
      if (!record) return;
      const now = clock();
      // The common case: all calls so far got a response, so the newest one is enough.
      if (outcome === 'ANSWERED' && record.state.status === 'ANSWERING') {
        record.calls = [{ outcome, at: now.getTime() }];
        record.state = { ...record.state, lastAnsweredAt: now };
        return;
      }
      const isOld = ({ at }: Call) => at < now.getTime() - recentMs;
      record.calls = [
        ...record.calls.filter((call) => !isOld(call)),
        { outcome, at: now.getTime() },
      ].slice(-mostCalls);
      if (outcome === 'ANSWERED') record.state = { ...record.state, lastAnsweredAt: now };
      refresh(record, now);
    },
    read(code) {
      const record = records.get(code);
      return record && refresh(record, clock());
    },
  };
}

function decide(calls: readonly Call[], recent: number): Status | undefined {
  const newest = calls.at(-1)?.outcome;
  if (newest === undefined) return undefined;
  if (newest === 'MAINTENANCE' || newest === 'QUARANTINED') return newest;
  const known = calls.filter(({ at }) => at >= recent).map(({ outcome }) => outcome);
  // If no call is recent, the last one counts.
  const outcomes = known.length > 0 ? known : [newest];
  if (outcomes.slice(-failuresInARow).every(isNoResponse)) return 'UNAVAILABLE';
  return outcomes.every((outcome) => outcome === 'ANSWERED') ? 'ANSWERING' : 'DEGRADED';
}

/** True if the partner sent no response of its own. */
function isNoResponse(outcome: CallOutcome): boolean {
  return outcome === 'UNAVAILABLE' || outcome === 'TIMED_OUT' || outcome === 'REFUSED';
}

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
