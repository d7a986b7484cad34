import { parse } from 'graphql';
import { planEntities, type EntitiesPlan } from './plan-entities.js';
import { planRoots, type RootsPlan } from './plan-roots.js';
import { expandFragments, readTopFields } from './selection.js';
import type { SubgraphModel } from './subgraph-model.js';

/** How a fetch is spread over the partners of its subgraph. */
export type SpreadPlan = RootsPlan | EntitiesPlan;

/** Makes the spread plan of a fetch: once for each fetch text. */
export function createSpreadPlan(model: SubgraphModel, fetchText: string): SpreadPlan {
  const operation = expandFragments(parse(fetchText, { noLocation: true }));
  const tops = readTopFields(operation.selectionSet);
  const entities = tops.get('_entities')?.[0];
  return entities ? planEntities(model, operation, entities) : planRoots(model, operation, tops);
}
