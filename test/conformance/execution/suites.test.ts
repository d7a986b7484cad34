import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf, sampleSize } from '../../sample.js';
import { fixedSeeds } from '../seeds.js';
import { compareDrawn, expectSame } from './compare.js';
import { openSuite, suites } from './suites.js';

describe.each(sampleOf(2, suites))(
  'the compiled executor responds as Apollo’s does over $name',
  (suite) => {
    let executors: Awaited<ReturnType<typeof openSuite>>;
    beforeAll(async () => {
      executors = await openSuite(suite);
    });
    afterAll(() => executors[Symbol.asyncDispose]());

    it('what the suite asks, twice', async () => {
      for (const operation of suite.operations) {
        const { query, variables = {} } =
          typeof operation === 'string' ? { query: operation } : operation;
        const stock = await executors.stock(query, variables);
        // Compiled, and from what was compiled.
        for (const _ of [1, 2])
          expectSame(await executors.compiled(query, variables), stock, query);
      }
    });

    it.each(fixedSeeds)('what is drawn, seed %i', (seed) =>
      compareDrawn(executors, { seed, numRuns: sampleSize(2, 8) }),
    );
  },
);

it('compares something', () => expect(suites.length).toBeGreaterThan(20));
