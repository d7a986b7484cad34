import type { ApolloServerPlugin } from '@apollo/server';
import type { RoutingContext } from './routing/slice-data-source.js';

/** Says with every answer who answered, and puts the errors of the operation’s record into it. */
export function createCompletenessPlugin(): ApolloServerPlugin<RoutingContext> {
  return {
    async requestDidStart() {
      let isExecuted = false;
      return {
        async executionDidStart() {
          isExecuted = true;
        },
        async willSendResponse({ response, contextValue: { operation } }) {
          if (!isExecuted || response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const errors = [
            ...(singleResult.errors ?? []),
            ...operation.errors.map((error) => error.toJSON()),
          ];
          // The engine tells here, in its own words, what it had to null; what went wrong is said in `errors`.
          delete singleResult.extensions?.valueCompletion;
          if (errors.length > 0) singleResult.errors = errors;
          singleResult.extensions = {
            ...singleResult.extensions,
            completeness: operation.completeness,
            ...(operation.written.length > 0 && { written: operation.written }),
          };
        },
      };
    },
  };
}
