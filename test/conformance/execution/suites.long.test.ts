import { describe, it } from 'vitest';
import { drawSeeds } from '../seeds.js';
import { compareDrawn } from './compare.js';
import { openSuite, suites } from './suites.js';

describe.each(drawSeeds(5))(
  'the compiled executor responds as Apollo’s does over any supergraph, seed %i',
  (seed) => {
    it.each(suites)('for operations drawn over $name', async (suite) => {
      await using executors = await openSuite(suite);
      await compareDrawn(executors, { seed, numRuns: 100 });
    });
  },
);
