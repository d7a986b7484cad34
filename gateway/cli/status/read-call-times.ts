/** The calls to one partner since its hub started. */
export interface CallTimes {
  readonly calls: number;
  /** Calls that did not end with a valid response. */
  readonly failed: number;
  readonly meanMs: number;
  /** 95 of 100 calls took at most this long. Infinity beyond the last limit that is counted. */
  readonly p95Ms: number;
}

const series = /^hub_partner_call_duration_seconds_(bucket|sum|count)\{(.*)\} (\S+)$/;

interface Sums {
  calls: number;
  failed: number;
  seconds: number;
  /** The number of calls up to each limit, in seconds. */
  readonly upTo: Map<number, number>;
}

/** Reads the times of calls from a hub’s metrics, by partner. */
export function readCallTimes(metrics: string): ReadonlyMap<string, CallTimes> {
  const sums = new Map<string, Sums>();
  for (const line of metrics.split('\n')) {
    const [, part, labels = '', text] = series.exec(line) ?? [];
    if (part === undefined) continue;
    const { partner = '', outcome, le = '' } = readLabels(labels);
    const of = sums.get(partner) ?? { calls: 0, failed: 0, seconds: 0, upTo: new Map() };
    sums.set(partner, of);
    const value = Number(text);
    if (part === 'sum') of.seconds += value;
    else if (part === 'bucket') {
      const limit = le === '+Inf' ? Infinity : Number(le);
      of.upTo.set(limit, (of.upTo.get(limit) ?? 0) + value);
    } else {
      of.calls += value;
      if (outcome !== 'ANSWERED') of.failed += value;
    }
  }
  return new Map([...sums].map(([partner, of]) => [partner, toTimes(of)]));
}

const readLabels = (labels: string): Partial<Record<string, string>> =>
  Object.fromEntries(
    [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );

function toTimes({ calls, failed, seconds, upTo }: Sums): CallTimes {
  const limits = [...upTo].toSorted(([one], [other]) => one - other);
  const [limit = Infinity] = limits.find(([, count]) => count >= calls * 0.95) ?? [];
  return { calls, failed, meanMs: (seconds / calls) * 1_000, p95Ms: limit * 1_000 };
}
