import { abstractTypes } from '../foreign-supergraph/abstract-types.suites.js';
import { openEngines } from '../foreign-supergraph/engines.js';
import { entityKeys } from '../foreign-supergraph/entity-keys.suites.js';
import { interfaceObjects } from '../foreign-supergraph/interface-objects.suites.js';
import { requiresAndProvides } from '../foreign-supergraph/requires-and-provides.suites.js';
import { rootFields } from '../foreign-supergraph/root-fields.suites.js';
import type { Suite } from '../foreign-supergraph/suite.js';
import { valuesAndErrors } from '../foreign-supergraph/values-and-errors.suites.js';
import { askMonolith } from './ask-monolith.js';
import type { Executors } from './compare.js';
import { nesting } from './nesting.suites.js';
import { drawAnyValue } from './values.js';

/** Every supergraph over which the two executors are compared. */
export const suites: readonly Suite[] = [
  ...entityKeys,
  ...requiresAndProvides,
  ...abstractTypes,
  ...interfaceObjects,
  ...rootFields,
  ...valuesAndErrors,
  ...nesting,
];

/** The subgraphs of a suite under both executors. */
export async function openSuite(suite: Suite): Promise<Executors & AsyncDisposable> {
  const engines = await openEngines(suite);
  const { schema, hub: compiled, stock } = engines;
  return {
    schema,
    compiled,
    stock: suite.monolith ? askMonolith(schema, suite.monolith) : stock,
    drawValue: drawAnyValue,
    [Symbol.asyncDispose]: () => engines[Symbol.asyncDispose](),
  };
}
