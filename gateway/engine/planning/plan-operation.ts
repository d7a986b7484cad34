import type { DocumentNode } from 'graphql';
import { narrowFragments } from '../documents/narrow-fragments.js';
import { reserveVariables } from '../documents/reserved-variables.js';
import { reserveNames } from '../documents/response-names.js';
import { withoutIntrospection } from '../documents/without-introspection.js';
import { checkPlan } from './check-plan.js';
import type { EngineVersion } from './engine-internals.js';
import { mergeMutations } from './merge-mutations.js';
import type { Planner } from './planner.js';
import type { QueryPlan } from './query-plan.js';

/** A valid operation in which all conditions are decided. */
export interface DecidedOperation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /**
   * Identifies the document, the decision and the operation name in the engine’s store of plans.
   */
  readonly storeKey: string;
}

/** A plan, and the document that it was made for. */
export interface PlannedDocument {
  /** The document with reserved response names and variables. */
  readonly document: DocumentNode;
  readonly plan: QueryPlan;
}

/**
 * Plans an operation with the engine, and checks the plan.
 * @param planner plans in a thread if that is faster for other requests. @default the engine plans
 * in this thread
 * @throws errors of the engine’s planner and of `checkPlan`
 */
export async function planOperation(
  engine: EngineVersion,
  { document: decided, operationName, storeKey }: DecidedOperation,
  planner?: Planner,
): Promise<PlannedDocument> {
  const document = reserveNames(reserveVariables(decided));
  const narrowed = mergeMutations(
    narrowFragments(engine.schema, withoutIntrospection(document)),
    operationName,
  );
  const plan = await engine.plan(
    { document: narrowed, operationName, storeKey },
    planner && ((operation) => planner.plan(operation)),
  );
  const { schema, keys } = engine;
  checkPlan(plan, { schema, document: narrowed, operationName, keys });
  return { document, plan };
}
