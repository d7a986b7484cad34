import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { median, readHeapMegabytes } from '../network/measure.js';
import { idsOf, openManyPartners, type ManyPartners } from './many-partners.js';

const count = 50;
const slowestMs = 200;
const rounds = 7;

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The partner’s own answer to what the hub asks of it, without the hub. */
async function askDirectly(network: ManyPartners, code: string, query: string): Promise<void> {
  const response = await fetch(network.urlOf(code), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  await response.json();
}

async function compare(network: ManyPartners, first: number): Promise<number> {
  const query = `{ officers(first: ${first}) { nodes { id name rank unit } pageInfo { endCursor } totalCount } }`;
  const slowest = network.codes.at(-1) ?? '';
  const ratios: number[] = [];
  // What is asked first is planned, compiled and connected, by the hub alone.
  await network.ask(query);
  for (let round = 0; round < rounds; round += 1) {
    const direct = await time(() => askDirectly(network, slowest, query));
    const gathered = await time(async () => {
      const { data, errors } = await network.ask(query);
      expect(errors).toBeUndefined();
      expect(data.officers.nodes).toHaveLength(Math.min(first, count * 100));
    });
    ratios.push(gathered / direct);
    console.log(`${direct.toFixed(0)} ms directly, ${gathered.toFixed(0)} ms through the hub`);
  }
  return median(ratios);
}

describe('a gather over fifty partners of one schema', () => {
  it.each([
    ['of ten rows each, at latencies up to the slowest’s', 10, (index: number) => index / count],
    [
      'of a hundred rows each, at latencies up to the slowest’s',
      100,
      (index: number) => index / count,
    ],
    ['of a hundred rows each, which all come at once', 100, () => 1],
  ])('answers within twice the time of the slowest: pages %s', async (_, rows, shareOf) => {
    await using network = await openManyPartners({
      count,
      rows: 100,
      wait: (index) => after(index === count - 1 ? slowestMs : slowestMs * shareOf(index)),
    });
    const ratio = await compare(network, rows);
    console.log(`pages of ${rows}: ${ratio.toFixed(2)} times the slowest partner`);
    expect(ratio).toBeLessThan(2);
  });
});

describe('representations over fifty partners', () => {
  it('need time and memory in proportion to their number, not to its square', async () => {
    const query = '{ entries { place officer { id name rank unit } } }';
    const measured: { rows: number; ms: number; cpu: number }[] = [];
    for (const rows of [25, 100]) {
      const register = idsOf(count, rows);
      await using network = await openManyPartners({ count, rows, register });
      await repeat(() => network.ask(query));
      const before = readHeapMegabytes();
      const times: number[] = [];
      const cpus: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const cpu = process.cpuUsage();
        times.push(await time(() => network.ask(query)));
        const { user, system } = process.cpuUsage(cpu);
        cpus.push((user + system) / 1_000);
      }
      const kept = readHeapMegabytes() - before;
      expect(kept).toBeLessThan(10);
      measured.push({ rows, ms: median(times), cpu: median(cpus) });
      console.log(
        `${register.length} representations: ${median(times).toFixed(0)} ms, CPU with partners ${median(cpus).toFixed(0)} ms, kept ${kept.toFixed(1)} MB`,
      );
    }
    const [few, many] = measured;
    // Four times as many; sixteen times the time would be the square.
    expect((many?.cpu ?? Infinity) / (few?.cpu ?? 1)).toBeLessThan(8);
  });

  it('cost little more while many partners are unavailable', async () => {
    const register = idsOf(count, 100);
    const query = '{ entries { place officer { id name rank unit } } }';
    await using network = await openManyPartners({ count, rows: 100, register });
    await network.ask(query);
    const whole = median(await repeat(() => network.ask(query)));
    for (const code of network.codes.slice(0, 25)) await network.stop(code);
    await network.ask(query);
    const halved = median(await repeat(() => network.ask(query)));
    console.log(
      `5000 representations: ${whole.toFixed(0)} ms; with 25 partners away ${halved.toFixed(0)} ms`,
    );
    expect(halved / whole).toBeLessThan(4);
  });
});

async function repeat(work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await time(work));
  return times;
}
