import { graphql, type GraphQLSchema } from 'graphql';
import type { PartnerPort } from './partner-port.js';

/** A port over a schema in the hub’s own process. It responds as a partner would. */
export function createLocalPort(code: string, schema: GraphQLSchema): PartnerPort {
  return {
    code,
    async ask({ query, variables, operationName }) {
      const result = await graphql({
        schema,
        source: query,
        variableValues: variables,
        operationName,
      });
      // As it would arrive over HTTP: errors as plain objects, values serialised.
      return { httpStatus: 200, json: JSON.parse(JSON.stringify(result)) as unknown };
    },
    close: () => Promise.resolve(),
  };
}
