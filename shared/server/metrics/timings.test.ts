import { Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { addUp } from './add-up.js';
import { Timings } from './timings.js';

const options = { name: 'took_seconds', help: 'Time.', labelNames: ['a', 'b'] } as const;
const buckets = [0.1, 0.5, 1];
const observed = [
  ['x', 'y', 0.05],
  ['x', 'y', 0.1],
  ['x', 'y', 0.7],
  ['x', 'z', 3],
] as const;

/** The same observations by the library’s own histogram. */
function openBoth() {
  const [own, library] = [new Registry(), new Registry()];
  const timings = new Timings({ ...options, buckets, registry: own });
  const histogram = new Histogram({
    ...options,
    labelNames: [...options.labelNames],
    buckets,
    registers: [library],
  });
  for (const [a, b, seconds] of observed) {
    timings.of(a, b).observe(seconds);
    histogram.observe({ a, b }, seconds);
  }
  return { own, library };
}

const linesOf = async (registry: Registry) => {
  const lines = (await registry.metrics()).trim().split('\n');
  // The order of labels has no meaning.
  return lines.map((line) => {
    const [, name, labels = '', rest] = /^(\w+)\{(.*)\}(.*)$/.exec(line) ?? [];
    return name === undefined ? line : `${name}{${labels.split(',').toSorted().join()}}${rest}`;
  });
};

describe('Timings', () => {
  it('reads like the library’s histogram', async () => {
    const { own, library } = openBoth();
    expect((await linesOf(own)).toSorted()).toEqual((await linesOf(library)).toSorted());
  });

  it('is added up like the library’s histogram', async () => {
    const { own, library } = openBoth();
    const twice = async (registry: Registry) => {
      const counts = await registry.getMetricsAsJSON();
      return (await linesOf(addUp([counts, structuredClone(counts)]))).toSorted();
    };
    expect(await twice(own)).toEqual(await twice(library));
  });
});
