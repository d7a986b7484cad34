import { createHub, type Hub } from '@hub/gateway';
import { silentLogger } from '@hub/shared/system';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { median, readHeapMegabytes, readStall, readThreadTime } from '../network/measure.js';
import { findClosedPort } from '../network/open-network.js';
import { composeLargeSupergraph, ordinaryOperations, wideOperation } from './large-supergraph.js';

const rounds = 5;

describe('a supergraph of a hundred subgraphs and three thousand types', () => {
  let hub: Hub;
  let supergraphSdl: string;

  beforeAll(async () => {
    // Nobody answers: what is measured is the hub’s own way to its first questions.
    const closed = `http://127.0.0.1:${await findClosedPort()}/graphql`;
    const begun = performance.now();
    supergraphSdl = composeLargeSupergraph(closed);
    const composed = performance.now();
    const before = readHeapMegabytes();
    const loading = performance.now();
    hub = await createHub({ supergraphSdl }, { logger: silentLogger });
    const loaded = performance.now();
    console.log(
      `composed in ${(composed - begun).toFixed(0)} ms, loaded in ${(loaded - loading).toFixed(0)} ms, takes ${(readHeapMegabytes() - before).toFixed(0)} MB`,
    );
  });
  afterAll(() => hub[Symbol.asyncDispose]());

  const ask = async (query: string): Promise<void> => {
    const { signal } = new AbortController();
    const contextValue = await hub.createContext({ requestId: 'test', signal });
    const { body } = await hub.pipeline.run({ query }, contextValue);
    if (body.kind !== 'single') throw new Error('An answer in parts.');
    // Refused by nobody, and planned: all that is missing are the partners.
    expect(body.singleResult.data).toBeDefined();
  };

  it('has that size', () => {
    expect(Object.keys(hub.schema.getTypeMap()).length).toBeGreaterThanOrEqual(3_000);
    // One more in the definition of the directive.
    expect(supergraphSdl.match(/@join__graph\(/g)).toHaveLength(101);
  });

  it('is measured by a clock that notices a pause', async () => {
    const busy = () => {
      for (const until = readThreadTime() + 60; readThreadTime() < until;);
      return Promise.resolve();
    };
    expect(await readStall(busy)).toBeGreaterThan(40);
    expect(await readStall(() => Promise.resolve())).toBeLessThan(50);
  });

  it.each(Object.entries(ordinaryOperations))(
    'is planned over without holding anybody up for 50 ms: %s',
    async (what, write) => {
      const stalls: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        stalls.push(await readStall(() => ask(write(`Ordinary${round}`))));
      }
      const known = await readStall(() => ask(write('Ordinary0')));
      console.log(
        `${what}: first ${stalls[0]?.toFixed(0)} ms, median ${median(stalls).toFixed(0)} ms; once it is planned ${known.toFixed(0)} ms`,
      );
      expect(median(stalls)).toBeLessThan(50);
    },
  );

  it('is planned over 80 times for one operation, while others get responses', async () => {
    const known = ordinaryOperations['one record']?.('Known') ?? '';
    await ask(known);
    const quiet = await readStall(() => wait(200));
    const stalls: number[] = [];
    const waits: number[] = [];
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      let isPlanned = false;
      const plan = async () => {
        const begun = performance.now();
        await ask(wideOperation(`Wide${round}`));
        isPlanned = true;
        times.push(performance.now() - begun);
      };
      const askMeanwhile = async () => {
        let longest = 0;
        while (!isPlanned) {
          const begun = performance.now();
          await ask(known);
          longest = Math.max(longest, performance.now() - begun);
          await wait(1);
        }
        waits.push(longest);
      };
      stalls.push(await readStall(() => Promise.all([plan(), askMeanwhile()])));
    }
    const list = (all: readonly number[]) => all.map((ms) => ms.toFixed(0)).join(', ');
    console.log(
      `twenty lists over 80 fetches: planned and asked in ${list(times)} ms, nobody is answered for ${list(stalls)} ms (quiet: ${quiet.toFixed(0)}), another client waits ${list(waits)} ms`,
    );
    expect(median(times)).toBeLessThan(1_000);
    expect(median(stalls) - quiet).toBeLessThan(50);
  });
});
