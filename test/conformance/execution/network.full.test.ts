import { Kind, parse } from 'graphql';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { examples } from '../../e2e/network/examples.js';
import { openNetwork, type OpenNetwork } from '../../e2e/network/open-network.js';
import { sampleOf, sampleSize } from '../../sample.js';
import { fixedSeeds } from '../seeds.js';
import { compareDrawn, expectSame } from './compare.js';
import { openExecutors } from './open-executors.js';

const absences = [[], ['dk', 'no', 'ncm']];
const timeout = 120_000;

const queries = examples.filter(
  ({ name, query }) =>
    // This one tells when each partner answered last.
    name !== 'WhoAnswers' &&
    parse(query).definitions.every(
      (definition) =>
        definition.kind !== Kind.OPERATION_DEFINITION || definition.operation === 'query',
    ),
);

let network: OpenNetwork;
beforeAll(async () => {
  network = await openNetwork('demonstration');
});
afterAll(() => network[Symbol.asyncDispose]());

describe.each(absences.map((away) => ({ away, without: away.join(' ') || 'nobody' })))(
  'the compiled executor responds as Apollo’s does over the network, without $without',
  ({ away }) => {
    let executors: Awaited<ReturnType<typeof openExecutors>>;
    beforeAll(async () => {
      executors = await openExecutors(network, away);
    });
    afterAll(() => executors[Symbol.asyncDispose]());

    it('the examples of all contracts', { timeout }, async () => {
      const { compiled, stock } = executors;
      for (const { query, name } of sampleOf(3, queries))
        expectSame(await compiled(query, {}), await stock(query, {}), name);
    });

    it.each(fixedSeeds)('what is drawn, seed %i', { timeout }, (seed) =>
      compareDrawn(executors, { seed, numRuns: sampleSize(3, 30), unbiased: true }),
    );
  },
);
