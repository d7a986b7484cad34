import './telemetry-off.js';
// The order matters: the engine reads the setting when it loads.
import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
import type { PlanningLimits } from './planning-limits.js';
import type { Slice } from './routing/fetch.js';

export { ApolloGateway, type GatewayConfig };

/** What an engine is made of. */
export interface EngineParts {
  readonly supergraphSdl: string;
  readonly slices: readonly Slice[];
  readonly planning: PlanningLimits;
}

export type CreateEngine = (parts: EngineParts) => ApolloGateway;

/** How the engine plans, whoever executes. */
export const plannerConfigOf = ({
  plans,
  paths,
}: PlanningLimits): GatewayConfig['queryPlannerConfig'] => ({
  debug: { maxEvaluatedPlans: plans, pathsLimit: paths },
});
