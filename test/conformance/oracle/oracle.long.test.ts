import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawSeeds } from '../seeds.js';
import { openOracle, type Oracle } from './compare.js';
import { pageThrough } from './paging.js';
import { polices } from './rows.js';

const seeds = drawSeeds(20);
const awaySets = fc.sample(fc.subarray([...polices]), { seed: seeds[0], numRuns: seeds.length });

describe('the network beside one schema over its rows, for many seeds', () => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await openOracle();
  });
  afterAll(() => oracle[Symbol.asyncDispose]());

  it.each(seeds.map((seed, index) => ({ seed, away: awaySets[index] ?? [] })))(
    'has what it has to have, seed $seed, without $away',
    async ({ seed, away }) => {
      await using hub = await oracle.network.openHubWithout(away);
      await oracle.compare(hub, away, { seed, numRuns: 200 });
    },
  );
});

/** Eight polices of very different sizes, about 5,000 officers together with those who are there. */
const shares = { dk: 2600, ee: 1, fi: 900, is: 0, lt: 37, lv: 7, no: 407, se: 1000 };

describe('Query.officers over eight servers', () => {
  it('loses none of its officers at any page size', async () => {
    await using oracle = await openOracle();
    for (const [code, count] of Object.entries(shares)) {
      const { source } = oracle.network.serverOf(code);
      const [unit] = await source.query<{ id: string }[]>('SELECT id FROM police_units LIMIT 1');
      for (let start = 1; start <= count; start += 500) {
        const rows = Array.from(
          { length: Math.min(500, count - start + 1) },
          (_, index) => start + index,
        );
        // Ids of different lengths, so that their order is not that of their numbers.
        await source.query(
          `INSERT INTO officers (id, name, unit_id, target_group, version) VALUES ${rows
            .map((row) => `('${code}:demo-many-${row}', 'Nobody', '${unit?.id}', 'POLICE', 1)`)
            .join(', ')}`,
        );
      }
    }
    const stored = await Promise.all(
      polices.map((code) =>
        oracle.network.serverOf(code).source.query<{ id: string }[]>('SELECT id FROM officers'),
      ),
    );
    const ids = stored
      .flat()
      .map(({ id }) => id)
      .sort();
    const added = Object.values(shares).reduce((sum, count) => sum + count, 0);
    expect(ids.filter((id) => id.includes(':demo-many-'))).toHaveLength(added);
    const list = { field: 'officers', key: 'id', rehearsals: true };
    for (const size of [1, 7, 50, 1000]) {
      const started = Date.now();
      const keys = await pageThrough(oracle.network, list, size);
      console.log(`${ids.length} officers by ${size}: ${Date.now() - started} ms`);
      expect(keys, `pages of ${size}`).toEqual(ids);
      const back = await pageThrough(oracle.network, list, size, true);
      expect(back, `pages of ${size}, backwards`).toEqual(ids);
    }
  });
});
