import fc from 'fast-check';
import { describe, it } from 'vitest';
import { openNetwork } from '../../e2e/network/open-network.js';
import { polices } from '../oracle/rows.js';
import { drawSeeds } from '../seeds.js';
import { compareDrawn } from './compare.js';
import { openExecutors } from './open-executors.js';

const seeds = drawSeeds(10);
const awaySets = fc.sample(fc.subarray([...polices, 'nbnp', 'ncm']), {
  seed: seeds[0],
  numRuns: seeds.length,
});

describe('the compiled executor responds as Apollo’s does over the network, for many seeds', () => {
  it.each(seeds.map((seed, index) => ({ seed, away: awaySets[index] ?? [] })))(
    'what is drawn, seed $seed, without $away',
    async ({ seed, away }) => {
      await using network = await openNetwork('demonstration');
      await using executors = await openExecutors(network, away);
      await compareDrawn(executors, { seed, numRuns: 200, unbiased: true });
    },
  );
});
