import { AsyncLocalStorage } from 'node:async_hooks';
import { type StatementMeter, unmeasured } from '../../database/read-rows.js';
import type { Span } from './tracing.js';

/** The operation that the present work belongs to. */
const operations = new AsyncLocalStorage<Span>();

/** Works for an operation, so that its statements become steps of it. */
export const runTraced = <Result>(operation: Span, work: () => Result): Result =>
  operations.run(operation, work);

/** Makes a step of each statement that belongs to an operation. It says nothing of its text. */
export function traceStatements(meter: StatementMeter = unmeasured): StatementMeter {
  return {
    begin() {
      const step = operations.getStore()?.start('statement');
      const end = meter.begin();
      return (seconds) => {
        step?.end();
        end(seconds);
      };
    },
  };
}
