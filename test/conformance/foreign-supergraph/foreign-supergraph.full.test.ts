import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { abstractTypes } from './abstract-types.suites.js';
import { openEngines, type Engines } from './engines.js';
import { entityKeys } from './entity-keys.suites.js';
import { interfaceObjects } from './interface-objects.suites.js';
import { mendedPlans } from './mended-plans.suites.js';
import { requiredArguments } from './required-arguments.suites.js';
import { requiresAndProvides } from './requires-and-provides.suites.js';
import { rootFields } from './root-fields.suites.js';
import { valuesAndErrors } from './values-and-errors.suites.js';

const suites = [
  ...entityKeys,
  ...requiresAndProvides,
  ...requiredArguments,
  ...mendedPlans,
  ...abstractTypes,
  ...interfaceObjects,
  ...rootFields,
  ...valuesAndErrors,
];

describe.each(suites)('the hub answers like the plain engine over $name', (suite) => {
  let engines: Engines;
  beforeAll(async () => {
    engines = await openEngines(suite);
  });
  afterAll(() => engines[Symbol.asyncDispose]());

  const operations = suite.operations.map((operation) =>
    typeof operation === 'string' ? { query: operation } : operation,
  );
  it.each(operations)(
    '$query',
    async ({ query, variables, hasErrors = false, isSilentElsewhere = false, data }) => {
      const plain = await engines.plain(query, variables);
      const hub = await engines.hub(query, variables);
      expect(hub.data, JSON.stringify(hub.errors)).toEqual(data ?? plain.data);
      // Held to what is right, where the plain engine is not.
      if (data) expect(plain).not.toEqual({ data });
      else {
        const hasPlainErrors = hasErrors && !isSilentElsewhere;
        expect(plain.errors !== undefined, JSON.stringify(plain.errors)).toBe(hasPlainErrors);
      }
      expect(hub.errors !== undefined, JSON.stringify(hub.errors)).toBe(hasErrors);
    },
  );
});
