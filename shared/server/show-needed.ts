import type { GraphQLSchema } from 'graphql';
import { createNeeds, type Policies } from '../policy/index.js';
import type { PartnerContext } from './context.js';
import type { OperationHooks } from './operation-hooks.js';

/** Tells the loaders of an operation what it needs of the rows that it shows. */
export function showNeeded(
  schema: GraphQLSchema,
  policies: Policies,
): OperationHooks<PartnerContext> {
  const needsOf = createNeeds(schema, policies);
  return {
    didResolveOperation({ document, contextValue: { loaders } }) {
      const needs = needsOf(document);
      if (needs) loaders.showOnly(needs);
    },
  };
}
