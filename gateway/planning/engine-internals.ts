import { operationFromDocument, Supergraph, type Schema } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { GraphQLSchema, type DocumentNode } from 'graphql';
import { buildPlan, keepFetchesInOrder } from './build-plan.js';
import { findUnsoundFetch, readFieldRules } from './check-fetches.js';
import { unplannable } from './check-plan.js';
import type { ApolloGateway, GatewayConfig } from './engine.js';
import { readEntityKeys, type EntityKeys } from './entity-keys.js';
import { mendPlan } from './mend-plan.js';
import { writePlanningSupergraph } from './planning-supergraph.js';
import type { QueryPlan } from './query-plan.js';

// All that the hub reads of the engine beyond what its maker promises. The version is pinned, and a test holds it to this.

interface Internals {
  readonly schema: GraphQLSchema;
  readonly apiSchema: Schema;
  readonly supergraphSchema: GraphQLSchema;
  readonly supergraphSdl: string;
  readonly config: { readonly queryPlannerConfig?: GatewayConfig['queryPlannerConfig'] };
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

/** All that a planner is made of, and told for each operation. */
export interface PlannerSource {
  readonly supergraphSdl: string;
  readonly config: GatewayConfig['queryPlannerConfig'];
  readonly options: {
    readonly recursiveSelectionsLimitDisabled: boolean;
    readonly nonLocalSelectionsLimitDisabled: boolean;
  };
}

/** The engine as it is with one schema. It stays what it is when the engine goes over to another. */
export interface EngineVersion {
  /** What clients may ask. */
  readonly schema: GraphQLSchema;
  /** What all subgraphs have. */
  readonly supergraphSchema: GraphQLSchema;
  /** By what keys subgraphs know entities. */
  readonly keys: EntityKeys;
  /** What another planner is made of that plans like the engine’s. */
  readonly plannerSource: PlannerSource;
  /** Has an operation planned by the engine here and now, while everybody else waits. */
  planHere(operation: Pick<PlannedOperation, 'document' | 'operationName'>): QueryPlan;
  /** The plan of an operation, from the engine’s store or new. @param make how it is planned @default `planHere` */
  plan(
    operation: PlannedOperation,
    make?: (operation: PlannedOperation) => QueryPlan | Promise<QueryPlan>,
  ): Promise<QueryPlan>;
}

/**
 * Reads the engine as it is now.
 * @throws where it is another than the one that this was written for.
 */
export function readEngineVersion(gateway: ApolloGateway): EngineVersion {
  const internals = gateway as unknown as Internals;
  const { schema, supergraphSchema } = internals;
  checkInternals(internals);
  keepFetchesInOrder();
  const {
    recursiveSelectionsLimitDisabled,
    nonLocalSelectionsLimitDisabled,
    queryPlanStore: store,
    config: { queryPlannerConfig },
  } = internals;
  const options = { recursiveSelectionsLimitDisabled, nonLocalSelectionsLimitDisabled };
  // The store is the engine’s, and cleared for each schema: an operation of an older one is none of its business.
  const isCurrent = (): boolean => internals.schema === schema;
  const planning = writePlanningSupergraph(internals.supergraphSdl);
  const { apiSchema, queryPlanner } = createEnginePlanner(internals, planning.sdl);
  const rules = readFieldRules(planning.sdl);
  const planHere: EngineVersion['planHere'] = ({ document, operationName }) => {
    const operation = operationFromDocument(apiSchema, document, { operationName });
    return buildPlan(() => queryPlanner.buildQueryPlan(operation, options), rules);
  };
  return {
    schema,
    supergraphSchema,
    keys: readEntityKeys(internals.supergraphSdl),
    plannerSource: { supergraphSdl: planning.sdl, config: queryPlannerConfig, options },
    planHere,
    async plan(operation, make = planHere) {
      const { storeKey } = operation;
      const known = await store.get(storeKey);
      if (known && isCurrent()) return known;
      const made = await make(operation);
      const unsound = findUnsoundFetch(made, rules);
      if (unsound !== undefined) throw unplannable(unsound);
      const plan = mendPlan(made, planning);
      if (isCurrent()) await store.set(storeKey, plan);
      return plan;
    },
  };
}

/** The engine’s own planner, or one like it where the planner gets another supergraph than the engine has. */
function createEnginePlanner(
  internals: Internals,
  planningSdl: string,
): Pick<Internals, 'apiSchema' | 'queryPlanner'> {
  if (planningSdl === internals.supergraphSdl) return internals;
  const supergraph = Supergraph.build(planningSdl, { validateSupergraph: false });
  return {
    apiSchema: supergraph.apiSchema(),
    queryPlanner: new QueryPlanner(supergraph, internals.config.queryPlannerConfig),
  };
}

function checkInternals({
  schema,
  supergraphSchema,
  supergraphSdl,
  config,
  apiSchema,
  queryPlanner,
  queryPlanStore,
}: Internals): void {
  const isKnown =
    schema instanceof GraphQLSchema &&
    supergraphSchema instanceof GraphQLSchema &&
    typeof supergraphSdl === 'string' &&
    typeof config === 'object' &&
    typeof apiSchema?.toGraphQLJSSchema === 'function' &&
    typeof queryPlanner?.buildQueryPlan === 'function' &&
    typeof queryPlanStore?.get === 'function' &&
    typeof queryPlanStore.set === 'function';
  if (!isKnown) throw new Error('The engine is not of the version that this hub is written for.');
}
