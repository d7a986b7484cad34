import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { abstractTypes } from '../foreign-supergraph/abstract-types.suites.js';
import { openEngines, type Engines } from '../foreign-supergraph/engines.js';
import { entityKeys } from '../foreign-supergraph/entity-keys.suites.js';
import { interfaceObjects } from '../foreign-supergraph/interface-objects.suites.js';
import { requiresAndProvides } from '../foreign-supergraph/requires-and-provides.suites.js';
import { rootFields } from '../foreign-supergraph/root-fields.suites.js';
import { valuesAndErrors } from '../foreign-supergraph/values-and-errors.suites.js';
import { drawOperation } from '../oracle/operations.js';
import { expectSame } from './compare.js';
import { nesting } from './nesting.suites.js';
import { drawAnyValue } from './values.js';

const suites = [
  ...entityKeys,
  ...requiresAndProvides,
  ...abstractTypes,
  ...interfaceObjects,
  ...rootFields,
  ...valuesAndErrors,
  ...nesting,
];
const seeds = [20090913, Math.floor(Math.random() * 2 ** 31)];

describe.each(suites)('the compiled executor answers like its maker’s over $name', (suite) => {
  let engines: Engines;
  beforeAll(async () => {
    engines = await openEngines(suite);
  });
  afterAll(() => engines[Symbol.asyncDispose]());

  it('what the suite asks, twice', async () => {
    for (const operation of suite.operations) {
      const { query, variables } =
        typeof operation === 'string' ? { query: operation, variables: undefined } : operation;
      const stock = await engines.stock(query, variables);
      // Compiled, and from what was compiled.
      for (const _ of [1, 2]) expectSame(await engines.hub(query, variables), stock, query);
    }
  });

  it.each(seeds)('what is drawn, seed %i', async (seed) => {
    const drawn = fc.asyncProperty(fc.gen(), async (draw) => {
      const { query, variables } = drawOperation(draw, engines.schema, drawAnyValue);
      fc.pre(validate(engines.schema, parse(query)).length === 0);
      const [stock, compiled] = [
        await engines.stock(query, variables),
        await engines.hub(query, variables),
      ];
      expectSame(compiled, stock, `${query}\n${JSON.stringify(variables)}`);
    });
    await fc.assert(drawn, { seed, numRuns: 15, maxSkipsPerRun: 30, endOnFailure: true });
  });
});

it('compares something', () => expect(suites.length).toBeGreaterThan(20));
