import type { OperationHooks, ServedContext } from '@hub/shared/graphql';
import { outcomeOf } from '@hub/shared/http';
import type { RecordedContext } from './completeness.js';

/** Ends the span of each traced operation. */
export function endSpan(): OperationHooks<RecordedContext & ServedContext> {
  return {
    willSendResponse({ response, contextValue: { operation } }) {
      const { span } = operation;
      if (!span || response.body.kind !== 'single') return;
      const outcome = outcomeOf(response.body.singleResult);
      span.end({ outcome, isError: outcome === 'failed' });
    },
    didFail: ({ contextValue: { operation } }) =>
      operation.span?.end({ outcome: 'failed', isError: true }),
  };
}
