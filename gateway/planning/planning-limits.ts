import { HubError } from '@hub/shared/errors';
import type { GatewayConfig } from './engine.js';

/**
 * How far the engine looks for the best plan of an operation, and where. It plans in one go: what bounds its time is what
 * it may look at, and what is large it plans in a thread, so that nobody else waits.
 */
export interface PlanningLimits {
  /** Plans that are compared; of more, the likely best. */
  readonly plans: number;
  /** Ways to get at one field, over all subgraphs; an operation with more is refused. */
  readonly paths: number;
  /** Selected fields up to which an operation is planned at once, while everybody else waits. */
  readonly fieldsInPlace: number;
}

export const defaultPlanningLimits: PlanningLimits = Object.freeze({
  plans: 1_000,
  paths: 1_000,
  fieldsInPlace: 30,
});

/** For a supergraph that somebody else composed, whose subgraphs may have more in common than our partners do. */
export const foreignPlanningLimits: PlanningLimits = Object.freeze({
  plans: 1_000,
  paths: 5_000,
  fieldsInPlace: 8,
});

/** The limits as the engine takes them. */
export const plannerConfigOf = ({
  plans,
  paths,
}: Pick<PlanningLimits, 'plans' | 'paths'>): GatewayConfig['queryPlannerConfig'] => ({
  debug: { maxEvaluatedPlans: plans, pathsLimit: paths },
});

/** The engine has no class and no code for these. Its version is pinned, and a test runs into the first. */
const overLimit = [
  /^Too many options generated for /,
  /^Number of non-local selections exceeds limit of /,
];

const isOverLimit = (error: unknown): boolean =>
  error instanceof Error && overLimit.some((sentence) => sentence.test(error.message));

/** Makes of what the engine throws when there is too much to plan a refusal, `QUERY_TOO_COMPLEX`; the rest it leaves. */
export function explainUnplannable(error: unknown): unknown {
  if (!isOverLimit(error)) return error;
  const message = 'The operation has too many possible query plans. Select fewer fields.';
  return new HubError('QUERY_TOO_COMPLEX', { message, limit: 'paths' });
}
