import { operationFromDocument, type Schema } from '@apollo/federation-internals';
import { GraphQLSchema, type DocumentNode } from 'graphql';
import type { ApolloGateway, GatewayConfig } from '../engine.js';

// All that the hub reads of the engine beyond what its maker promises. The version is pinned, and a test holds it to this.

export type QueryPlan = Parameters<
  NonNullable<GatewayConfig['experimental_didResolveQueryPlan']>
>[0]['queryPlan'];
export type PlanNode = NonNullable<QueryPlan['node']>;
type NodeOf<Kind extends PlanNode['kind']> = Extract<PlanNode, { readonly kind: Kind }>;
export type FetchNode = NodeOf<'Fetch'>;
export type RequiredSelection = NonNullable<FetchNode['requires']>[number];
export type Rewrite = NonNullable<FetchNode['inputRewrites']>[number];

interface Internals {
  readonly schema: GraphQLSchema;
  readonly apiSchema: Schema;
  readonly supergraphSchema: GraphQLSchema;
  readonly queryPlanner: { buildQueryPlan(operation: unknown, options: object): QueryPlan };
  readonly queryPlanStore: {
    get(key: string): Promise<QueryPlan | undefined>;
    set(key: string, plan: QueryPlan): Promise<unknown>;
  };
  readonly recursiveSelectionsLimitDisabled: boolean;
  readonly nonLocalSelectionsLimitDisabled: boolean;
}

/** What a client asks, as the engine’s store of plans knows it. */
export interface PlannedOperation {
  /** As it is to be planned. */
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /** Of this document and operation name. */
  readonly storeKey: string;
}

/** The engine as it is with one schema. It stays what it is when the engine goes over to another. */
export interface EngineVersion {
  /** What clients may ask. */
  readonly schema: GraphQLSchema;
  /** What all subgraphs have. */
  readonly supergraphSchema: GraphQLSchema;
  /** The engine’s plan of an operation, from its store or new. */
  plan(operation: PlannedOperation): Promise<QueryPlan>;
}

/**
 * Reads the engine as it is now.
 * @throws where it is another than the one that this was written for.
 */
export function readEngineVersion(gateway: ApolloGateway): EngineVersion {
  const internals = gateway as unknown as Internals;
  const { schema, supergraphSchema, apiSchema, queryPlanner } = internals;
  checkInternals(internals);
  const {
    recursiveSelectionsLimitDisabled,
    nonLocalSelectionsLimitDisabled,
    queryPlanStore: store,
  } = internals;
  return {
    schema,
    supergraphSchema,
    async plan({ document, operationName, storeKey }) {
      const known = await store.get(storeKey);
      // The store is the engine’s, and cleared for each schema: an operation of an older one is none of its business.
      const isCurrent = internals.schema === schema;
      if (known && isCurrent) return known;
      const operation = operationFromDocument(apiSchema, document, { operationName });
      const plan = queryPlanner.buildQueryPlan(operation, {
        recursiveSelectionsLimitDisabled,
        nonLocalSelectionsLimitDisabled,
      });
      if (isCurrent) await store.set(storeKey, plan);
      return plan;
    },
  };
}

function checkInternals({
  schema,
  supergraphSchema,
  apiSchema,
  queryPlanner,
  queryPlanStore,
}: Internals): void {
  const isKnown =
    schema instanceof GraphQLSchema &&
    supergraphSchema instanceof GraphQLSchema &&
    typeof apiSchema?.toGraphQLJSSchema === 'function' &&
    typeof queryPlanner?.buildQueryPlan === 'function' &&
    typeof queryPlanStore?.get === 'function' &&
    typeof queryPlanStore.set === 'function';
  if (!isKnown) throw new Error('The engine is not of the version that this hub is written for.');
}
