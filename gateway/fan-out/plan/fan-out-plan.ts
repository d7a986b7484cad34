import { parse } from 'graphql';
import type { CodeMeter } from '../../engine/codegen/code-unit.js';
import { expandFragments, readTopFields } from '../../engine/documents/selection.js';
import { noSlices, type Slices } from '../../engine/documents/slices.js';
import type { SubgraphModel } from '../rules/subgraph-model.js';
import { renameOperation } from './partner-document.js';
import { planEntities, type EntitiesPlan } from './plan-entities.js';
import { planRoots, type RootsPlan } from './plan-roots.js';
import { takeSlices } from './usable-slices.js';

/** How a fetch is fanned out to the partners of its subgraph. */
export type FanOutPlan = RootsPlan | EntitiesPlan;

/**
 * Plans the fan-out of a fetch. Takes its text from the engine’s plan, and the client’s name of the
 * operation.
 */
export function createFanOutPlan(
  model: SubgraphModel,
  fetchText: string,
  name?: string,
  meter?: CodeMeter,
  offered: Slices = noSlices,
): FanOutPlan {
  const fetched = expandFragments(parse(fetchText, { noLocation: true }));
  const operation = renameOperation(fetched, name);
  const tops = readTopFields(operation.selectionSet);
  const entities = tops.get('_entities')?.[0];
  const slicing = takeSlices(model, offered);
  return entities
    ? planEntities(model, operation, entities, meter, slicing)
    : planRoots(model, operation, tops, meter, slicing);
}
