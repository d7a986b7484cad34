import {
  type BehavedRequest,
  type OperationHooks,
  overloaded,
  type ServedContext,
} from '@hub/shared/graphql';
import { describeRefusals } from './describe-refusals.js';
import type { OperationRecord } from './operation-record.js';
import { createErrorPlacer, type ReadNeeds } from './place-errors.js';

/** What the hub’s hooks and its executor need in the context of an operation. */
export interface RecordedContext {
  readonly operation: OperationRecord;
}

/**
 * Adds `extensions.completeness` to each response, and the errors of the operation’s record. A caller
 * who asked for it also gets `extensions.trace`.
 */
export function reportCompleteness(
  /** Called for each response that lacks something of a partner. */
  onIncomplete: (missing: readonly MissingPartner[]) => void = () => undefined,
  /** What fields need of other subgraphs. @default nothing, as in operations without a plan */
  needsOf?: ReadNeeds,
): OperationHooks<RecordedContext & ServedContext> {
  return {
    willSendResponse(sent) {
      const { isExecuted, request, response, schema, document } = sent;
      const { operation } = sent.contextValue;
      if (!isExecuted || response.body.kind !== 'single') return;
      if (operation.isRefused) {
        // The hub itself left something out, and no partner is the cause. The client gets the whole
        // result or none.
        response.body = { kind: 'single', singleResult: { errors: [overloaded().toJSON()] } };
        return;
      }
      const { singleResult } = response.body;
      const executed = document &&
        sent.operation && { schema, document, operation: sent.operation };
      if (executed && needsOf && operation.hasErrors) {
        const { data } = singleResult;
        operation.placeErrors(
          createErrorPlacer({ ...executed, data, tree: operation.tree }, needsOf),
        );
      }
      const { completeness, errors, written, trace } = operation;
      if (errors.length > 0) {
        const described = executed ? describeRefusals(errors, executed) : errors;
        singleResult.errors = [...(singleResult.errors ?? []), ...described];
      }
      const { onError } = request as BehavedRequest;
      if (onError === 'HALT' && singleResult.errors?.length) singleResult.data = null;
      singleResult.extensions =
        written.length > 0
          ? { ...singleResult.extensions, completeness, written }
          : { ...singleResult.extensions, completeness };
      if (!completeness.complete) onIncomplete(listMissing(operation));
      if (trace) singleResult.extensions.trace = trace.report();
      const isQuery = sent.operation?.operation === 'query';
      const isWhole = isQuery && completeness.complete && !singleResult.errors?.length;
      for (const [name, value] of operation.listReturned(isWhole))
        response.http.headers.set(name, value);
    },
  };
}

/** A partner whose data is missing, and why. */
interface MissingPartner {
  readonly partner: string;
  readonly status: string;
}

/** Without those that are missing because another partner took the time. */
const listMissing = (operation: OperationRecord): MissingPartner[] =>
  Object.entries(operation.completeness.partners)
    .filter(([partner, { status }]) => status !== 'ANSWERED' && !operation.isExcused(partner))
    .map(([partner, { status }]) => ({ partner, status }));
