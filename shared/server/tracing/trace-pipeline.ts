import type { OperationPipeline } from '../../graphql/operations/operation-pipeline.js';
import type { ServedContext } from '../../graphql/operations/served-context.js';
import { outcomeOf } from '../http/operations/operation-meter.js';
import { runTraced } from './trace-statements.js';
import type { Span } from './tracing.js';

type Runs<Context extends ServedContext> = Pick<OperationPipeline<Context>, 'run'>;

/** Runs each traced operation so that its statements are steps of its span, and ends the span. */
export function tracePipeline<Context extends ServedContext & { readonly span?: Span | undefined }>(
  pipeline: Runs<Context>,
): Runs<Context> {
  return {
    async run(request, contextValue) {
      const { span } = contextValue;
      if (!span) return pipeline.run(request, contextValue);
      let outcome: ReturnType<typeof outcomeOf> = 'failed';
      try {
        const response = await runTraced(span, () => pipeline.run(request, contextValue));
        if (response.body.kind === 'single') outcome = outcomeOf(response.body.singleResult);
        return response;
      } finally {
        span.end({ outcome, isError: outcome === 'failed' });
      }
    },
  };
}
