import type { Metric, Registry } from 'prom-client';

/** The times of one combination of labels. */
export interface Timer {
  /** @param seconds how long it took */
  observe(seconds: number): void;
}

interface TimingsOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
  /** The upper bounds, in seconds, the lowest first. */
  readonly buckets: readonly number[];
  readonly registry: Registry;
}

class Cell implements Timer {
  readonly counts: number[];
  sum = 0;
  count = 0;

  constructor(
    readonly labels: Readonly<Record<string, string>>,
    private readonly bounds: readonly number[],
  ) {
    this.counts = bounds.map(() => 0);
  }

  observe(seconds: number): void {
    this.sum += seconds;
    this.count += 1;
    const { bounds, counts } = this;
    for (let index = 0; index < bounds.length; index += 1) {
      if (seconds > (bounds[index] ?? Infinity)) continue;
      counts[index] = (counts[index] ?? 0) + 1;
      return;
    }
  }
}

/**
 * A histogram for what happens many times a second. The library’s own checks and joins the labels
 * of each observation, which took a hundredth of a small request. Here a timer is looked up once for
 * its labels, and its buckets are added up when somebody reads them.
 */
export class Timings<Label extends string> {
  readonly #cells = new Map<string, Cell>();

  constructor(private readonly options: TimingsOptions<Label>) {
    // The registry only reads its name and calls `get`.
    const { name, registry } = options;
    registry.registerMetric({ name, get: () => this.#read() } as unknown as Metric);
  }

  /** The timer of these values, in the order of the labels’ names. */
  of(...values: readonly string[]): Timer {
    const key = values.length === 1 ? (values[0] ?? '') : values.join('\n');
    const known = this.#cells.get(key);
    if (known) return known;
    const { labelNames, buckets } = this.options;
    const labels = Object.fromEntries(labelNames.map((name, index) => [name, values[index] ?? '']));
    const cell = new Cell(labels, buckets);
    this.#cells.set(key, cell);
    return cell;
  }

  async #read() {
    const { name, help, buckets } = this.options;
    const values = [...this.#cells.values()].flatMap(({ labels, counts, count, sum }) => {
      let upTo = 0;
      const metricName = `${name}_bucket`;
      return [
        ...buckets.map((le, index) => {
          upTo += counts[index] ?? 0;
          return { metricName, labels: { ...labels, le }, value: upTo };
        }),
        { metricName, labels: { ...labels, le: '+Inf' }, value: count },
        { metricName: `${name}_sum`, labels, value: sum },
        { metricName: `${name}_count`, labels, value: count },
      ];
    });
    return { name, help, type: 'histogram', aggregator: 'sum', values };
  }
}
