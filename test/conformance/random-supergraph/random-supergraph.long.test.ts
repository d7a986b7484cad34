import { describe, expect, it } from 'vitest';
import { drawSeeds } from '../seeds.js';
import { compareDrawnSupergraph } from './compare-drawn.js';

describe('supergraphs of drawn subgraphs', () => {
  it.each(drawSeeds(150))(
    'answer like one schema over the same records, seed %i',
    { timeout: 120_000 },
    // Half of what is drawn does not compose.
    async (seed) => expect(await compareDrawnSupergraph(seed, 25)).toBeGreaterThanOrEqual(0),
  );
});
