import { describe, expect, it } from 'vitest';
import { sampleOf } from '../../sample.js';
import { compareDrawnSupergraph } from './compare-drawn.js';

/** Supergraphs that compose. Over the first five a planner without our mends plans wrongly, or for ever. */
const seeds = [2, 18, 34, 43, 44, 100, 103, 400];

describe('a supergraph of drawn subgraphs', () => {
  it.each(sampleOf(2, seeds))(
    'answers like one schema over the same records, seed %i',
    async (seed) => {
      expect(await compareDrawnSupergraph(seed, 12)).toBeGreaterThan(0);
    },
  );

  it('answers so where a fragment of the operation is used in a fetch that is split', async () => {
    expect(await compareDrawnSupergraph(541_979_073, 30)).toBeGreaterThan(0);
  });
});
