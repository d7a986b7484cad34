import type { OperationHooks, ServedContext } from '@hub/shared/graphql';
import { overloaded } from '@hub/shared/limits';
import type { OperationRecord } from './operation-record.js';

/** What the hub’s hooks and its executor need in the context of an operation. */
export interface RecordedContext {
  readonly operation: OperationRecord;
}

/** Adds `extensions.completeness` to each response, and the errors of the operation’s record. */
export function reportCompleteness(): OperationHooks<RecordedContext & ServedContext> {
  return {
    willSendResponse({ isExecuted, response, contextValue: { operation } }) {
      if (!isExecuted || response.body.kind !== 'single') return;
      if (operation.isRefused) {
        // The hub itself left something out, and no partner is the cause. The client gets the whole
        // result or none.
        response.body = { kind: 'single', singleResult: { errors: [overloaded().toJSON()] } };
        return;
      }
      const { singleResult } = response.body;
      const { completeness, errors, written } = operation;
      if (errors.length > 0) singleResult.errors = [...(singleResult.errors ?? []), ...errors];
      singleResult.extensions =
        written.length > 0
          ? { ...singleResult.extensions, completeness, written }
          : { ...singleResult.extensions, completeness };
    },
  };
}
