import { execute, parse, type GraphQLSchema } from 'graphql';
import type { Suite } from '../foreign-supergraph/suite.js';
import type { Executors } from './compare.js';

type Resolve = (source: unknown, args: unknown) => unknown;

/** Asks one schema, run by graphql-js alone. */
export const askMonolith =
  (schema: GraphQLSchema, resolvers: NonNullable<Suite['monolith']>): Executors['stock'] =>
  async (query, variables) => {
    const { data, errors } = await execute({
      schema,
      document: parse(query),
      variableValues: variables,
      fieldResolver: (source: Record<string, unknown>, args, _context, info) => {
        const ofType = resolvers[info.parentType.name] as Record<string, Resolve> | undefined;
        const resolve = ofType?.[info.fieldName];
        return resolve ? resolve(source, args) : source[info.fieldName];
      },
    });
    return { ...(JSON.parse(JSON.stringify({ data })) as object), ...(errors && { errors }) };
  };
