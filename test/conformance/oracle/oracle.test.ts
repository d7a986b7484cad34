import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedSeeds } from '../seeds.js';
import { openOracle, type Oracle } from './compare.js';
import { filterOf, pageThrough, pagedLists } from './paging.js';
import { polices } from './resolvers.js';

/** What the engine joins into one fetch with `members`, and does not ask where that is skipped. */
const besideSkipped = `query ($no: Boolean!) { groups(first: 12) { nodes { delegates { nominations { group {
  members @skip(if: $no) { report { receivedOn } } coordinatingOffice { kind } } } } } } }`;

/** Some of the polices, the same for a seed. */
const drawAway = (seed: number): string[] =>
  fc.sample(fc.subarray([...polices], { minLength: 1 }), { seed, numRuns: 1 })[0] ?? [];

describe.each(fixedSeeds)('the network beside one schema over its rows, seed %i', (seed) => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await openOracle();
  });
  afterAll(() => oracle[Symbol.asyncDispose]());

  it('has the same data, and no errors, when all are there', async () => {
    await oracle.compare(oracle.network, [], { seed, numRuns: 60 });
  });

  it('lacks the rows of those who are away, and names them', async () => {
    const away = drawAway(seed);
    await using hub = await oracle.network.openHubWithout(away);
    await oracle.compare(hub, away, { seed, numRuns: 60 });
  });

  it('pages through every row once, from its own cursors', async () => {
    const away = drawAway(seed + 1);
    await using hub = await oracle.network.openHubWithout(away);
    for (const list of pagedLists) {
      const [size = 1] = fc.sample(fc.integer({ min: 1, max: 9 }), { seed, numRuns: 1 });
      const all = (await pageThrough(hub, list, 1000)).keys;
      const query = `{ ${list.field}(${filterOf(list)}first: 1000) { nodes { ${list.key} } } }`;
      expect(await oracle.check(hub, away, { query, variables: {} })).toBe('compared');
      expect(all.length, list.field).toBeGreaterThan(0);
      expect((await pageThrough(hub, list, size)).keys, `${list.field} by ${size}`).toEqual(all);
    }
  });
});

describe('what is asked beside something that is skipped', () => {
  it.each([true, false])('is there, skipped: %s', async (no) => {
    await using oracle = await openOracle();
    const operation = { query: besideSkipped, variables: { no } };
    expect(await oracle.check(oracle.network, [], operation)).toBe('compared');
  });
});
