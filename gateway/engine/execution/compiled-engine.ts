import type { BehavedRequest, Charge } from '@hub/shared/graphql';
import { type Logger, silentLogger } from '@hub/shared/system';
import type { RecordedContext } from '../../fan-out/completeness.js';
import { createGateway } from '../planning/engine-internals.js';
import type { ApolloGateway } from '../planning/engine.js';
import {
  explainUnplannable,
  plannerConfigOf,
  type PlanningLimits,
} from '../planning/planning-limits.js';
import { createExecutor, type Executor, type ExecutorOptions } from './executor.js';

export interface CompiledEngineOptions extends Pick<
  ExecutorOptions,
  'prepareFetch' | 'thread' | 'onPlanned'
> {
  readonly supergraphSdl: string;
  readonly planning: PlanningLimits;
  /** Told what the planner says of an operation that it fails on. */
  readonly logger: Logger;
}

/** The gateway, which loads schemas and plans, and the executor of its plans. */
export interface CompiledEngine extends Pick<Executor, 'prepare' | 'ready' | 'close'> {
  readonly gateway: ApolloGateway;
}

/** What the executor needs in the context of an operation. */
interface ExecutedContext extends RecordedContext {
  readonly charge?: Charge | undefined;
}

/**
 * How much the engine caches of its plans, by the length of their JSON. In memory they take several
 * times as much. The executor’s cache of compiled operations lasts for about as many operations.
 */
const cachedPlansMiB = 2;

/** Makes the engine, with our executor in place of its own. */
export function createCompiledEngine({
  supergraphSdl,
  planning,
  prepareFetch,
  thread,
  onPlanned,
  logger,
}: CompiledEngineOptions): CompiledEngine {
  const gateway = createGateway(supergraphSdl, {
    logger: silentLogger,
    queryPlannerConfig: plannerConfigOf(planning),
    experimental_approximateQueryPlanStoreMiB: cachedPlansMiB,
    buildService: ({ name }) => ({
      process: () => Promise.reject(new Error(`The engine itself must not call ${name}.`)),
    }),
  });
  const executor = createExecutor(gateway, {
    explain: (error, requestId) => explainUnplannable(error, requestId, logger),
    thread,
    onPlanned,
    prepareFetch,
  });
  gateway.executor = ({ request, schema, document, operation, queryHash, context }) => {
    const { operation: record, charge } = context as ExecutedContext;
    return executor.execute({
      schema,
      document,
      operation,
      queryHash,
      variables: request.variables ?? {},
      record,
      onError: (request as BehavedRequest).onError,
      charge,
      takesText: (request as BehavedRequest).takesText,
    }) as ReturnType<NonNullable<typeof gateway.executor>>;
  };
  return {
    gateway,
    prepare: executor.prepare,
    ready: executor.ready,
    close: executor.close,
  };
}
