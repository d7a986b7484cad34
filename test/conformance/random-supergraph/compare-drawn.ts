import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { expect } from 'vitest';
import { drawAnyValue } from '../execution/values.js';
import { drawOperation } from '../oracle/operations.js';
import { compose, openGraph } from './compare-monolith.js';
import { drawSupergraph } from './draw-supergraph.js';

/**
 * Draws a supergraph, and holds the hub’s answers over it to those of one schema over the same records.
 * @returns how many operations were compared: none where the subgraphs do not compose
 */
export async function compareDrawnSupergraph(seed: number, numRuns: number): Promise<number> {
  const { subgraphs, world } = drawSupergraph(seed);
  if (!compose(subgraphs).supergraphSdl) return 0;
  await using graph = await openGraph(subgraphs, world);
  let compared = 0;
  const drawn = fc.asyncProperty(fc.gen(), async (draw) => {
    const { query, variables } = drawOperation(draw, graph.schema, drawAnyValue);
    fc.pre(validate(graph.schema, parse(query)).length === 0);
    const right = await graph.monolith(query, variables);
    const { data, errors } = await graph.hub(query, variables);
    const code = errors?.[0]?.extensions?.code;
    // A busy machine plans slowly. Nothing is answered then, so there is nothing to compare.
    fc.pre(code !== 'OVERLOADED');
    compared += 1;
    // What cannot be planned is refused, and never answered in part.
    if (code === 'OPERATION_UNPLANNABLE') expect(data ?? null).toBeNull();
    else expect({ data, errors }, query).toEqual({ data: right.data, errors: undefined });
  });
  await fc.assert(drawn, { seed, numRuns, maxSkipsPerRun: 30, endOnFailure: true });
  return compared;
}
