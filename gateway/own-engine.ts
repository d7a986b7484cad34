import type { Logger } from '@hub/shared/telemetry';
import { join } from 'node:path';
import { createCompiledEngine } from './execution/compiled-engine.js';
import type { ApolloGateway } from './planning/engine.js';
import type { PlanningLimits } from './planning/planning-limits.js';
import { packageFolder } from './registry/package-folder.js';
import type { SubgraphPartners } from './routing/fetch.js';
import { prepareFetch } from './routing/subgraph-fetch.js';
import { createRestarts } from './workers/restarts.js';

/** The engine that a hub uses. */
export interface Engine {
  readonly gateway: ApolloGateway;
  /**
   * Resolves when the first operation need not wait for anything. @default when the gateway has
   * loaded
   */
  ready?(): Promise<void>;
  /** Closes what the gateway does not close. */
  close?(): Promise<void>;
}

/** Makes the engine of a hub. */
export type CreateEngine = (parts: {
  readonly supergraphSdl: string;
  readonly subgraphs: readonly SubgraphPartners[];
  readonly planning: PlanningLimits;
  readonly logger: Logger;
  /** Called when an operation was planned, or could not be. @default nothing */
  readonly onPlanned?: ((isPlanned: boolean, seconds: number) => void) | undefined;
}) => Engine;

/** The engine for plans, with our executor. Their parts meet here. */
export const createOwnEngine: CreateEngine = ({
  supergraphSdl,
  subgraphs,
  planning,
  logger,
  onPlanned,
}) => {
  const partnersOf = new Map(subgraphs.map((partners) => [partners.model.name, partners]));
  return createCompiledEngine({
    supergraphSdl,
    planning,
    logger,
    onPlanned,
    thread: {
      file: join(packageFolder, 'dist', 'planning', 'planner-thread.js'),
      fieldsInPlace: planning.fieldsInPlace,
      restarts: createRestarts(),
      logger,
    },
    prepareFetch(subgraph, fetch, meter) {
      const partners = partnersOf.get(subgraph);
      if (!partners) throw new Error(`No partner serves the subgraph ${subgraph}.`);
      return prepareFetch(partners, fetch, meter);
    },
  });
};
