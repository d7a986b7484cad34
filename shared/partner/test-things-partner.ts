import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLFieldResolver } from 'graphql';
import { Thing, thingTables } from '../database/test-things.js';
import type { PartnerContext } from '../policy/context/partner-context.js';
import { open } from '../policy/type-policy.js';
import type { PartnerDefinition } from './partner-definition.js';

export type Resolver = GraphQLFieldResolver<unknown, unknown>;

const countThings: Resolver = (_, __, context) =>
  (context as PartnerContext).source.manager.count(Thing);

/** For tests: a partner that everybody may ask for the number of things, and may add one to. */
export const defineThings = (sdl: string, addThing: Resolver): PartnerDefinition => ({
  subgraph: 'things',
  ...thingTables,
  createSubgraph: () =>
    Promise.resolve({
      sdl,
      policies: {
        Query: { fields: { things: open }, decide: () => false },
        Mutation: { fields: { addThing: open }, decide: () => false },
      },
      schema: buildSubgraphSchema({
        typeDefs: parse(sdl),
        resolvers: { Query: { things: countThings }, Mutation: { addThing } },
      }),
    }),
  loadFacts: () => Promise.resolve(),
  loadDemonstration: () => Promise.resolve(),
});
