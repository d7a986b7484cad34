import { HubError } from '@hub/shared/errors';
import { describeError } from '@hub/shared/graphql';
import type { Logger } from '@hub/shared/system';
import type { GatewayConfig } from './engine.js';

/**
 * Limits of the engine’s search for the best plan. Planning is synchronous, so these limits bound
 * its time. Large operations are planned in a thread, so that other requests do not wait.
 */
export interface PlanningLimits {
  /** The most plans that are compared. If there are more, only the most promising ones are. */
  readonly plans: number;
  /** The most paths to one field, over all subgraphs. An operation with more is refused. */
  readonly paths: number;
  /** Operations with at most this many fields are planned in the main thread. */
  readonly fieldsInPlace: number;
}

export const defaultPlanningLimits: PlanningLimits = Object.freeze({
  plans: 1_000,
  paths: 1_000,
  fieldsInPlace: 30,
});

/** For a foreign supergraph. Its subgraphs may share more types than our partners do. */
export const foreignPlanningLimits: PlanningLimits = Object.freeze({
  plans: 1_000,
  paths: 5_000,
  fieldsInPlace: 8,
});

/** The limits in the form that the engine needs. */
export const plannerConfigOf = ({
  plans,
  paths,
}: Pick<PlanningLimits, 'plans' | 'paths'>): GatewayConfig['queryPlannerConfig'] => ({
  debug: { maxEvaluatedPlans: plans, pathsLimit: paths },
});

/**
 * The engine has no class and no code for these errors. Its version is pinned, and a test provokes
 * the first one.
 */
const overLimit = [
  /^Too many options generated for /,
  /^Number of non-local selections exceeds limit of /,
];

const isOverLimit = (error: unknown): boolean =>
  error instanceof Error && overLimit.some((sentence) => sentence.test(error.message));

/** The most characters of the planner's wording in the log. */
const mostLogged = 1_000;

/** Planners quote selections. The texts in their arguments are the client’s, and no log has them. */
const withoutTexts = (wording: string): string =>
  wording.replace(/:\s*"(?:[^"\\]|\\.)*"/g, ': "…"').slice(0, mostLogged);

/**
 * Turns an error of planning into a refusal: `QUERY_TOO_COMPLEX` for too many plans, and
 * `OPERATION_UNPLANNABLE` for any other error of the planner, whose wording is logged.
 */
export function explainUnplannable(error: unknown, requestId: string, logger: Logger): HubError {
  if (error instanceof HubError) return error;
  if (isOverLimit(error)) {
    const message = 'The operation has too many possible query plans. Select fewer fields.';
    return new HubError('QUERY_TOO_COMPLEX', { message, limit: 'paths' });
  }
  const wording = withoutTexts(error instanceof Error ? error.message : String(error));
  logger.error({ requestId, wording, error: describeError(error) }, 'planner fault');
  return new HubError('OPERATION_UNPLANNABLE');
}
