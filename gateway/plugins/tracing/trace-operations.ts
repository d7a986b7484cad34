import { openTracing, outcomeOf } from '@hub/shared/server';
import type { Capability } from '../../hub-plugin.js';

/** Begins a span for each operation, of which its steps are parts, and ends it. */
export async function traceOperations(endpoint: string): Promise<Capability | undefined> {
  const tracing = await openTracing({ endpoint, service: 'hub' });
  return (
    tracing && {
      startSpan: () => tracing.start('operation'),
      hooks: {
        willSendResponse({ response, contextValue: { operation } }) {
          const { span } = operation;
          if (!span || response.body.kind !== 'single') return;
          const outcome = outcomeOf(response.body.singleResult);
          span.end({ outcome, isError: outcome === 'failed' });
        },
        didFail: ({ contextValue: { operation } }) =>
          operation.span?.end({ outcome: 'failed', isError: true }),
      },
      [Symbol.asyncDispose]: () => tracing[Symbol.asyncDispose](),
    }
  );
}
