/** What one turn of the load measured. Latencies in ms. */
export interface LoadResult {
  readonly requests: number;
  readonly failures: number;
  /** The bytes of all bodies. */
  readonly bytes: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

/** One turn of one system. */
export interface Turn extends LoadResult {
  readonly shape: string;
  readonly system: string;
  readonly round: number;
  /** Of the system’s own processes. Absent if they are unknown. */
  readonly cpuMs?: number;
  readonly peakBytes?: number;
}

export interface TableRow {
  readonly system: string;
  readonly label: string;
  readonly perSecond: number;
  /** Requests for each second of CPU time. */
  readonly perCoreSecond: number;
  /** Requests a second, divided by the baseline’s. */
  readonly ratio: number;
  /**
   * The baseline’s CPU time of a request, divided by its own. Steadier if others use the machine
   * too.
   */
  readonly cpuRatio: number;
  readonly cpuMs: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly peakMegabytes: number;
  /** Of one body, as it is sent. */
  readonly kilobytes: number;
  /** The used part of one core. Below 90 %, something else was the slowest. */
  readonly busy: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/** The value below which this share of the others is: 0.99 for p99. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

const rate = ({ requests, seconds }: Turn): number => requests / seconds;
const cpu = ({ cpuMs = NaN, requests }: Turn): number => cpuMs / requests;

/** Medians over the rounds. The ratio is the median of the ratios of each round. */
export function summarise(
  turns: readonly Turn[],
  labels: ReadonlyMap<string, string>,
  baseline: string,
): TableRow[] {
  const base = new Map(
    turns.filter(({ system }) => system === baseline).map((turn) => [turn.round, turn]),
  );
  const ratioTo = (read: (turn: Turn) => number) => (turn: Turn) => {
    const other = base.get(turn.round);
    return other ? read(turn) / read(other) : NaN;
  };
  return [...labels].flatMap(([system, label]) => {
    const own = turns.filter((turn) => turn.system === system);
    if (own.length === 0) return [];
    const of = (read: (turn: Turn) => number) => median(own.map(read));
    return {
      system,
      label,
      perSecond: of(rate),
      perCoreSecond: 1_000 / of(cpu),
      ratio: of(ratioTo(rate)),
      cpuRatio: 1 / of(ratioTo(cpu)),
      cpuMs: of(cpu),
      p50: of(({ p50 }) => p50),
      p99: of(({ p99 }) => p99),
      p999: of(({ p999 }) => p999),
      peakMegabytes: Math.max(...own.map(({ peakBytes = NaN }) => peakBytes)) / 1_048_576,
      kilobytes: of(({ bytes, requests }) => bytes / requests / 1_024),
      busy: of(({ cpuMs = NaN, seconds }) => cpuMs / 10 / seconds),
    };
  });
}

/**
 * The CPU time of a request beside that of each variant in the same round: the median of the ratios
 * and their quartiles. Other work of the machine meets both of a pair.
 */
export function formatPairs(
  turns: readonly Turn[],
  labels: ReadonlyMap<string, string>,
  base: string,
): string {
  const cpuOf = (system: string, round: number) => {
    const turn = turns.find((one) => one.system === system && one.round === round);
    return turn ? cpu(turn) : NaN;
  };
  const rounds = [...new Set(turns.map(({ round }) => round))];
  return [...labels]
    .filter(([system]) => system !== base)
    .map(([system, label]) => {
      const ratios = rounds.map((round) => cpuOf(base, round) / cpuOf(system, round));
      const [low, high] = [0.25, 0.75].map((share) => quantile(ratios, share).toFixed(3));
      return `CPU beside ${label}: ${median(ratios).toFixed(3)} (quartiles ${low} and ${high}, ${rounds.length} pairs)`;
    })
    .join('\n');
}

const show = (value: number, digits = 0): string => {
  if (Number.isNaN(value)) return '-';
  return value.toFixed(value < 10 && digits > 0 ? digits : Math.min(digits, 1));
};

export function formatTable(rows: readonly TableRow[]): string {
  const head = [
    '',
    'requests/s',
    'ratio',
    'CPU ms',
    'by CPU',
    'a core-second',
    'p50 ms',
    'p99 ms',
    'p99.9 ms',
    'peak MB',
    'busy %',
    'KB',
  ];
  const cells = rows.map((row) => [
    row.label,
    show(row.perSecond),
    show(row.ratio, 2),
    show(row.cpuMs, 2),
    show(row.cpuRatio, 2),
    show(row.perCoreSecond),
    show(row.p50, 1),
    show(row.p99, 1),
    show(row.p999, 1),
    show(row.peakMegabytes),
    show(row.busy),
    show(row.kilobytes, 1),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const write = (line: readonly string[]) =>
    `| ${line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [write(head), rule, ...cells.map(write)].join('\n');
}
