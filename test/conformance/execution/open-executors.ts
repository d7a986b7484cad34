import { createDisposableStack } from '@hub/shared/testing';
import { getNullableType, isListType } from 'graphql';
import type { OpenNetwork } from '../../e2e/network/open-network.js';
import { readRows } from '../oracle/rows.js';
import { createDrawValue } from '../oracle/values.js';
import type { Executors } from './compare.js';
import { createStockEngine } from './stock-engine.js';
import { drawAnyValue } from './values.js';

/** A network under both executors, while some of its partners are away. */
export async function openExecutors(
  network: OpenNetwork,
  away: readonly string[],
): Promise<Executors & AsyncDisposable> {
  const stack = createDisposableStack();
  const compiled = stack.use(await network.openHubWithout(away));
  const stock = stack.use(await network.openHubWithout(away, { createEngine: createStockEngine }));
  const drawKnown = createDrawValue(await readRows(network));
  return {
    schema: network.hub.schema,
    compiled: compiled.ask,
    stock: stock.ask,
    drawValue: (draw, name, type, of) =>
      isListType(getNullableType(type))
        ? drawAnyValue(draw, name, type, of)
        : drawKnown(draw, name, type, of),
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}
