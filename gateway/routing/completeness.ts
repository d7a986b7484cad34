import type { OperationHooks, ServedContext } from '@hub/shared/graphql';
import { overloaded } from '@hub/shared/limits';
import type { OperationRecord } from './operation-record.js';

/** What the hub’s own hooks and its executor need of the context of an operation. */
export interface RecordedContext {
  readonly operation: OperationRecord;
}

/** Says with every answer who answered, and puts the errors of the operation’s record into it. */
export function sayCompleteness(): OperationHooks<RecordedContext & ServedContext> {
  return {
    willSendResponse({ isExecuted, response, contextValue: { operation } }) {
      if (!isExecuted || response.body.kind !== 'single') return;
      if (operation.isRefused) {
        // The hub itself left rows out, and no partner is the cause: the client gets the whole result or none.
        response.body = { kind: 'single', singleResult: { errors: [overloaded().toJSON()] } };
        return;
      }
      const { singleResult } = response.body;
      const { completeness, errors, written } = operation;
      if (errors.length > 0)
        singleResult.errors = [
          ...(singleResult.errors ?? []),
          ...errors.map((error) => error.toJSON()),
        ];
      singleResult.extensions =
        written.length > 0
          ? { ...singleResult.extensions, completeness, written }
          : { ...singleResult.extensions, completeness };
    },
  };
}
