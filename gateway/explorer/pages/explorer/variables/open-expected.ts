import { computed } from '@preact/signals';
import { schema } from '../state/schema.ts';
import { openTab } from '../state/tabs.ts';
import { listExpected, type ExpectedVariable } from './expected-variables.ts';

/** The variables of the tab that is shown. Undefined while they cannot be known. */
export const openExpected = computed<readonly ExpectedVariable[] | undefined>(() => {
  const { query, operationName } = openTab.value;
  return schema.value && listExpected(schema.value, query, operationName);
});
