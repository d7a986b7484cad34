import { parse } from 'graphql';
import type { CodeMeter } from '../../codegen/code-unit.js';
import { expandFragments, readTopFields } from '../../documents/selection.js';
import type { SubgraphModel } from '../rules/subgraph-model.js';
import { renameOperation } from './partner-document.js';
import { planEntities, type EntitiesPlan } from './plan-entities.js';
import { planRoots, type RootsPlan } from './plan-roots.js';

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
