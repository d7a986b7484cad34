import type { Row } from './rows.js';

/** A warning as the schema has it. */
export const warningOf = (code: string, message: string, values: Row): Row => ({
  owner: null,
  due_on: null,
  count: null,
  expected: null,
  ...values,
  code,
  message,
});
