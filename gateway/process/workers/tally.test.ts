import { type Counts } from '@hub/shared/server';
import { Counter, Gauge, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import type { ToPrimary, ToWorker } from './messages.js';
import { createTally } from './tally.js';
import { createCountsChannel } from './worker-counts.js';

/** Workers of one hub. Each counts requests, and has one connection. */
function openWorkers(waitMs?: number) {
  const tally = createTally(waitMs);
  return () => {
    const registry = new Registry();
    const registers = [registry];
    const requests = new Counter({ name: 'requests_total', help: 'Requests.', registers });
    new Gauge({ name: 'connections', help: 'Connections.', registers }).set(1);
    let isStuck = false;
    const member = {
      send: (message: ToWorker) => void setImmediate(() => isStuck || channel.receive(message)),
    };
    const channel = createCountsChannel(async (message: ToPrimary) => {
      // As between processes: what is sent does not change any more.
      const sent = structuredClone(message);
      setImmediate(() => tally.receive(member, sent));
    });
    channel.provide(() => registry.getMetricsAsJSON());
    tally.join(member);
    return {
      collect: channel.collect,
      tellLast: channel.tellLast,
      serve: (count: number) => requests.inc(count),
      getStuck: () => (isStuck = true),
      leave: () => tally.leave(member),
    };
  };
}

const sumOf = (all: readonly Counts[], name: string): number =>
  all
    .flat()
    .filter((metric) => metric.name === name)
    .flatMap(({ values }) => values)
    .reduce((sum, { value }) => sum + value, 0);

describe('collect', () => {
  it('returns what all workers have counted, whichever is asked', async () => {
    const open = openWorkers();
    const [one, two, three] = [open(), open(), open()];
    one.serve(1);
    two.serve(10);
    three.serve(100);
    for (const worker of [one, two, three]) {
      const all = await worker.collect();
      expect(sumOf(all, 'requests_total')).toBe(111);
      expect(sumOf(all, 'connections')).toBe(3);
    }
  });

  it('keeps the counters of a worker that has ended, and not its gauges', async () => {
    const open = openWorkers();
    const [one, two, three] = [open(), open(), open()];
    one.serve(1);
    two.serve(10);
    three.serve(100);
    await one.collect();
    two.leave();
    three.serve(100);
    await three.tellLast();
    // What a worker sent last arrives before its end.
    await new Promise((resolve) => setImmediate(resolve));
    three.leave();
    expect(sumOf(await one.collect(), 'requests_total')).toBe(211);
    expect(sumOf(await one.collect(), 'connections')).toBe(1);
    const four = open();
    four.serve(1_000);
    expect(sumOf(await four.collect(), 'requests_total')).toBe(1_211);
  });

  it('keeps the last counts of a worker that is stuck', async () => {
    const open = openWorkers(20);
    const [one, two] = [open(), open()];
    two.serve(10);
    expect(sumOf(await one.collect(), 'requests_total')).toBe(10);
    two.getStuck();
    two.serve(10);
    expect(sumOf(await one.collect(), 'requests_total')).toBe(10);
  });
});
