import { parse } from 'graphql';
import type { CodeMeter } from '../code-unit.js';
import { renameOperation } from './partner-document.js';
import { planEntities, type EntitiesPlan } from './plan-entities.js';
import { planRoots, type RootsPlan } from './plan-roots.js';
import { expandFragments, readTopFields } from './selection.js';
import type { SubgraphModel } from './subgraph-model.js';

/** How a fetch is spread over the partners of its subgraph. */
export type SpreadPlan = RootsPlan | EntitiesPlan;

/** Makes the spread plan of a fetch, from its text in the engine’s plan and the client’s name for its operation. */
export function createSpreadPlan(
  model: SubgraphModel,
  fetchText: string,
  name?: string,
  meter?: CodeMeter,
): SpreadPlan {
  const fetched = expandFragments(parse(fetchText, { noLocation: true }));
  const operation = renameOperation(fetched, name);
  const tops = readTopFields(operation.selectionSet);
  const entities = tops.get('_entities')?.[0];
  return entities
    ? planEntities(model, operation, entities, meter)
    : planRoots(model, operation, tops, meter);
}
