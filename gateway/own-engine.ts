import type { OperationPipeline } from '@hub/shared/graphql';
import type { Logger } from '@hub/shared/system';
import { join } from 'node:path';
import { createFirstContext } from './admission.js';
import { readDecidingVariables } from './engine/documents/decide-conditions.js';
import { createCompiledEngine } from './engine/execution/compiled-engine.js';
import type { Executor } from './engine/execution/executor.js';
import type { ApolloGateway } from './engine/planning/engine.js';
import type { PlanningLimits } from './engine/planning/planning-limits.js';
import type { SubgraphPartners } from './fan-out/fetch.js';
import { prepareFetch } from './fan-out/subgraph-fetch.js';
import type { HubContext, KnownOperation } from './hub-plugin.js';
import { createRestarts } from './process/workers/restarts.js';
import { packageFolder } from './registry/package-folder.js';

/** The engine that a hub uses. */
export interface Engine {
  readonly gateway: ApolloGateway;
  /**
   * Resolves when the first operation need not wait for anything. @default when the gateway has
   * loaded
   */
  ready?(): Promise<void>;
  /** Plans an operation before a client sends it. @default when a client sends it */
  prepare?: Executor['prepare'];
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
      file: join(packageFolder, 'dist', 'engine', 'planning', 'planner-thread.js'),
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

/** More conditions have too many decisions. */
const mostConditions = 2;

/** All values of some variables that are true or false. */
const listDecisions = ([name, ...others]: readonly string[]): Record<string, boolean>[] =>
  name === undefined
    ? [{}]
    : listDecisions(others).flatMap((rest) => [
        { ...rest, [name]: false },
        { ...rest, [name]: true },
      ]);

/**
 * Reads, plans and compiles an operation, so that its next request need not wait for that.
 * @throws if it is not valid, or cannot be planned
 */
export async function prepareOperation(
  pipeline: Pick<OperationPipeline<HubContext>, 'read'>,
  engine: Pick<Engine, 'prepare'>,
  { query, operationName, variables }: KnownOperation,
): Promise<void> {
  const { schema, document, hash: queryHash, operationOf } = pipeline.read(query);
  const operation = operationOf(operationName);
  if (!operation) throw new Error('The document has no such operation.');
  const names = readDecidingVariables(document, operation).map(({ name }) => name);
  const decisions = names.length > mostConditions ? [{}] : listDecisions(names);
  const { operation: record } = createFirstContext();
  for (const decided of variables ? [variables] : decisions)
    await engine.prepare?.({ schema, document, operation, queryHash, variables: decided, record });
}
