import { describe, it } from 'vitest';
import { drawSeeds } from '../seeds.js';
import { compareDrawn } from './compare.js';
import { openSuite, suites } from './suites.js';

describe.each(drawSeeds(5))(
  'the compiled executor answers like its maker’s over any supergraph, seed %i',
  (seed) => {
    it.each(suites)('what is drawn over $name', async (suite) => {
      await using executors = await openSuite(suite);
      await compareDrawn(executors, { seed, numRuns: 100 });
    });
  },
);
