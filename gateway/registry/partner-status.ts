/** What the hub’s own slice says of a partner. */
type Status = 'ANSWERING' | 'DEGRADED' | 'UNAVAILABLE' | 'MAINTENANCE' | 'QUARANTINED';

/** How a call to a partner ended, as `extensions.completeness` names it. */
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
  /** Since when it is so; unknown until the partner was first called. */
  readonly statusSince: Date | undefined;
  readonly lastAnsweredAt: Date | undefined;
}

/** Keeps what calls showed about each partner. */
export interface PartnerStatus {
  /** Takes in how a call ended. A code outside of the network is nobody’s. */
  recordCall(code: string, outcome: CallOutcome): void;
  /** Unknown codes are `undefined`. */
  read(code: string): PartnerState | undefined;
}

export interface PartnerStatusOptions {
  readonly partners: readonly string[];
  readonly clock?: () => Date;
  /** How long a failed call is remembered among answered ones. @default 30000 */
  readonly recentMs?: number;
}

interface Call {
  readonly outcome: CallOutcome;
  readonly at: number;
}

interface Record {
  calls: Call[];
  state: PartnerState;
}

/** So many failed calls in a row, and nobody is there: one alone may be the network’s hiccup. */
const failuresInARow = 2;
const mostCalls = 50;

/**
 * Decides each partner’s status from its recent calls: `ANSWERING` when all were answered, `UNAVAILABLE` when the last
 * two, or all there were, got no answer, `DEGRADED` between the two. A partner is also `DEGRADED` when its response is
 * invalid or says that it is overloaded.
 */
export function createPartnerStatus({
  partners,
  clock = () => new Date(),
  recentMs = 30_000,
}: PartnerStatusOptions): PartnerStatus {
  const records = new Map<string, Record>(
    partners.map((code) => [
      code,
      {
        calls: [],
        state: { status: 'UNAVAILABLE', statusSince: undefined, lastAnsweredAt: undefined },
      },
    ]),
  );

  /** Failures are forgotten in time, also where nobody calls. */
  function refresh(record: Record, now: Date): PartnerState {
    const status = decide(record.calls, now.getTime() - recentMs);
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
      // All answered before, as most do: of those who only answer, the newest answer says all.
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
  // Where nothing is recent, the last that is known stands.
  const outcomes = known.length > 0 ? known : [newest];
  if (outcomes.slice(-failuresInARow).every(isSilence)) return 'UNAVAILABLE';
  return outcomes.every((outcome) => outcome === 'ANSWERED') ? 'ANSWERING' : 'DEGRADED';
}

/** True when the partner gave no answer that is its own. */
function isSilence(outcome: CallOutcome): boolean {
  return outcome === 'UNAVAILABLE' || outcome === 'TIMED_OUT' || outcome === 'REFUSED';
}
