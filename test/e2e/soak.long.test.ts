import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from './open-network.js';

/** How long the network is asked, and how often its memory is looked at. */
const soakMs = 90_000;
const samples = 30;
const clients = 8;

/** What dashboards ask, again and again. */
const operations = [
  '{ groups { nodes { id state members { id name } visits { stops { site { name } } } } } }',
  '{ officers(first: 20) { nodes { id name unit { name } } totalCount } policeUnits { id } }',
  '{ events(first: 30) { nodes { title roles { party { name country } } } } }',
  '{ offices { name covers { name } branches { name } } partners { code status } }',
];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function readHeapMegabytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1_000_000;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Asks until the time is over, and returns how many answers came and how many were not whole. */
async function ask({ ask: askHub }: OpenNetwork, until: number) {
  let answers = 0;
  let faults = 0;
  while (Date.now() < until) {
    const answer = await askHub(operations[answers % operations.length] ?? '');
    answers += 1;
    if (answer.errors || !answer.extensions.completeness?.complete) faults += 1;
  }
  return { answers, faults };
}

describe('the network under a mixed load', () => {
  it(
    'answers whole, and its memory stays flat',
    async () => {
      await using network = await openNetwork('demonstration');
      const until = Date.now() + soakMs;
      const asking = Promise.all(Array.from({ length: clients }, () => ask(network, until)));
      const heap: number[] = [];
      for (let sample = 0; sample < samples; sample++) {
        await new Promise((resolve) => setTimeout(resolve, soakMs / samples));
        heap.push(readHeapMegabytes());
      }
      const results = await asking;
      const answers = results.reduce((total, result) => total + result.answers, 0);
      const early = median(heap.slice(samples / 3, (samples * 2) / 3));
      const late = median(heap.slice((samples * 2) / 3));
      console.log(
        `${answers} answers in ${soakMs / 1000} s; heap ${early.toFixed(0)} MB, then ${late.toFixed(0)} MB`,
      );
      expect(results.every(({ faults }) => faults === 0)).toBe(true);
      expect(answers).toBeGreaterThan(100);
      expect(late / early).toBeLessThan(1.25);
    },
    soakMs + 120_000,
  );
});
