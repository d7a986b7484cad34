import { graphql, type GraphQLSchema } from 'graphql';
import type { PartnerCall, PartnerPort } from './partner-port.js';

/** What a resolver of the hub’s own schema knows of its request. */
export type LocalContext = Pick<PartnerCall, 'reader' | 'requestId' | 'signal' | 'deadline'>;

/**
 * A port over a schema in the hub’s own process. It responds as a partner would. Its resolvers get
 * the caller as `reader` of their context.
 */
export function createLocalPort(code: string, schema: GraphQLSchema): PartnerPort {
  return {
    code,
    async ask({ query, variables, operationName, reader, requestId, signal, deadline }) {
      const result = await graphql({
        schema,
        source: query,
        variableValues: variables,
        operationName,
        contextValue: { reader, requestId, signal, deadline } satisfies LocalContext,
      });
      // As it would arrive over HTTP: errors as plain objects, values serialised.
      return { httpStatus: 200, json: JSON.parse(JSON.stringify(result)) as unknown };
    },
    close: () => Promise.resolve(),
  };
}
