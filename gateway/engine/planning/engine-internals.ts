import { operationFromDocument, type Schema } from '@apollo/federation-internals';
import { GraphQLSchema, type DocumentNode } from 'graphql';
import { buildPlan, keepFetchesInOrder } from './build-plan.js';
import { findUnsoundFetch, readFieldRules, type FieldRules } from './check-fetches.js';
import { unplannable } from './check-plan.js';
import { ApolloGateway, type GatewayConfig } from './engine.js';
import { readEntityKeys, type EntityKeys } from './entity-keys.js';
import { mendPlan } from './mend-plan.js';
import { writePlanningSupergraph, type PlanningSupergraph } from './planning-supergraph.js';
import type { QueryPlan } from './query-plan.js';
import { separateRequires } from './separate-requires.js';

// Everything that the hub reads from the engine beyond its public API. The version is pinned, and a
// test checks it.

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

/** An operation, as the engine’s store of plans knows it. */
export interface PlannedOperation {
  /** The document to plan. */
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /** Identifies this document and operation name. */
  readonly storeKey: string;
}

/** What a planner is made of, and what it gets with each operation. */
export interface PlannerSource {
  readonly supergraphSdl: string;
  readonly config: GatewayConfig['queryPlannerConfig'];
  readonly options: {
    readonly recursiveSelectionsLimitDisabled: boolean;
    readonly nonLocalSelectionsLimitDisabled: boolean;
  };
}

/** The engine with one schema. It does not change when the engine loads another schema. */
export interface EngineVersion {
  /** The schema for clients. */
  readonly schema: GraphQLSchema;
  /** The schema of all subgraphs. */
  readonly supergraphSchema: GraphQLSchema;
  /** The keys of entities in each subgraph. */
  readonly keys: EntityKeys;
  /** What is needed to make another planner that plans as the engine does. */
  readonly plannerSource: PlannerSource;
  /** Plans an operation with the engine, synchronously. */
  planHere(operation: Pick<PlannedOperation, 'document' | 'operationName'>): QueryPlan;
  /**
   * Returns the plan of an operation, from the engine’s store or new. @param make makes a new plan
   * @default `planHere`
   */
  plan(
    operation: PlannedOperation,
    make?: (operation: PlannedOperation) => QueryPlan | Promise<QueryPlan>,
  ): Promise<QueryPlan>;
}

/** What a supergraph says of planning. */
interface Planning {
  readonly planning: PlanningSupergraph;
  readonly rules: FieldRules;
  readonly keys: EntityKeys;
}

const planningOf = new WeakMap<ApolloGateway, Planning>();

/** Makes the engine over a supergraph. It loads what its planner needs, and no client sees the difference. */
export function createGateway(
  supergraphSdl: string,
  config: Omit<GatewayConfig, 'supergraphSdl'>,
): ApolloGateway {
  const known = readPlanning(supergraphSdl);
  const gateway = new ApolloGateway({
    ...config,
    supergraphSdl: known.planning.sdl,
    // It was validated when its subgraphs were read.
    validateSupergraph: false,
  });
  planningOf.set(gateway, known);
  return gateway;
}

/**
 * Reads the engine as it is now.
 * @throws if the engine has another version than this code needs, or plans by another supergraph
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
  // The engine clears its store for each schema, so a plan for an older schema must not be stored.
  const isCurrent = (): boolean => internals.schema === schema;
  const { apiSchema, queryPlanner, supergraphSdl } = internals;
  const { planning, rules, keys } = planningOf.get(gateway) ?? readPlanning(supergraphSdl);
  if (planning.sdl !== supergraphSdl) throw new Error('The engine plans by another supergraph.');
  const planHere: EngineVersion['planHere'] = ({ document, operationName }) => {
    const operation = operationFromDocument(apiSchema, document, { operationName });
    return buildPlan(() => queryPlanner.buildQueryPlan(operation, options), rules);
  };
  return {
    schema,
    supergraphSchema,
    keys,
    plannerSource: { supergraphSdl: planning.sdl, config: queryPlannerConfig, options },
    planHere,
    async plan(operation, make = planHere) {
      const { storeKey } = operation;
      const known = await store.get(storeKey);
      if (known && isCurrent()) return known;
      const made = await make(operation);
      const unsound = findUnsoundFetch(made, rules);
      if (unsound !== undefined) throw unplannable(unsound);
      const plan = mendPlan(separateRequires(made, { rules, keys }), planning);
      if (isCurrent()) await store.set(storeKey, plan);
      return plan;
    },
  };
}

let lastRead: { readonly sdl: string; readonly read: Planning } | undefined;

/** What a supergraph says of planning. What opens a hub again mostly has the same one. */
function readPlanning(sdl: string): Planning {
  if (lastRead?.sdl !== sdl) {
    const planning = writePlanningSupergraph(sdl);
    const rules = readFieldRules(planning.sdl);
    lastRead = { sdl, read: { planning, rules, keys: readEntityKeys(sdl) } };
  }
  return lastRead.read;
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
  if (!isKnown) throw new Error('The engine is not of the version that this hub needs.');
}
