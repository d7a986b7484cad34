import fc from 'fast-check';
import { getNullableType, isListType, Kind, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { examples } from '../../e2e/examples.js';
import type { OpenHub } from '../../e2e/open-network.js';
import { openOracle, type Oracle } from '../oracle/compare.js';
import { drawOperation } from '../oracle/operations.js';
import { createDrawValue, type DrawValue } from '../oracle/values.js';
import { expectSame } from './compare.js';
import { createStockEngine } from './stock-engine.js';
import { drawAnyValue } from './values.js';

const seeds = [20090913, Math.floor(Math.random() * 2 ** 31)];
const aways = [[], ['dk', 'no', 'ncm']];
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

describe.each(aways.map((away) => ({ away, without: away.join(' ') || 'nobody' })))(
  'the compiled executor answers like its maker’s over the network, without $without',
  ({ away }) => {
    let oracle: Oracle;
    let compiled: OpenHub;
    let stock: OpenHub;
    beforeAll(async () => {
      oracle = await openOracle();
      compiled = await oracle.network.openHubWithout(away);
      stock = await oracle.network.openHubWithout(away, { createEngine: createStockEngine });
    });
    afterAll(async () => {
      await compiled[Symbol.asyncDispose]();
      await stock[Symbol.asyncDispose]();
      await oracle[Symbol.asyncDispose]();
    });

    it('the examples of all contracts', { timeout }, async () => {
      for (const { query, name } of queries)
        expectSame(await compiled.ask(query), await stock.ask(query), name);
    });

    it.each(seeds)('what is drawn, seed %i', { timeout }, async (seed) => {
      const drawKnown = createDrawValue(oracle.rows);
      const drawValue: DrawValue = (draw, name, type, of) =>
        isListType(getNullableType(type))
          ? drawAnyValue(draw, name, type, of)
          : drawKnown(draw, name, type, of);
      const drawn = fc.asyncProperty(fc.gen(), async (draw) => {
        const { query, variables } = drawOperation(draw, oracle.schema, drawValue);
        fc.pre(validate(oracle.schema, parse(query)).length === 0);
        const answers = [await compiled.ask(query, variables), await stock.ask(query, variables)];
        expectSame(answers[0] ?? {}, answers[1] ?? {}, `${query}\n${JSON.stringify(variables)}`);
      });
      await fc.assert(drawn, {
        seed,
        numRuns: 60,
        maxSkipsPerRun: 30,
        unbiased: true,
        endOnFailure: true,
      });
    });
  },
);
