import { HubError } from '@hub/shared/errors';
import { startWork, type Charge, type ErrorBehavior, type WrittenData } from '@hub/shared/graphql';
import {
  GraphQLError,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Variables } from '../../fan-out/fetch.js';
import type { OperationRecord } from '../../fan-out/operation-record.js';
import {
  createDecidingReader,
  decideConditions,
  readDecision,
  type DecidingVariable,
} from '../documents/decide-conditions.js';
import { readEngineVersion, type EngineVersion } from '../planning/engine-internals.js';
import type { ApolloGateway } from '../planning/engine.js';
import { planOperation, type PlannedDocument } from '../planning/plan-operation.js';
import { createPlanner, type Planner, type ThreadOptions } from '../planning/planner.js';
import type { PrepareFetch } from './compile-fetch.js';
import { compileOperation, type CompiledOperation } from './compile-operation.js';

/** A valid operation, and what decides its plan. */
interface PreparedRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The SHA-256 of the document. */
  readonly queryHash: string;
  /** Only those of conditions are needed to prepare it. */
  readonly variables: Variables;
  readonly record: OperationRecord;
}

/** A valid operation, and what its request brings. */
interface ExecutionRequest extends PreparedRequest {
  /** @default `PROPAGATE` */
  readonly onError?: ErrorBehavior | undefined;
  /** Called with the work of planning the operation. @default it is not counted */
  readonly charge?: Charge | undefined;
  /** Whether the data may be {@link WrittenData}. @default false */
  readonly takesText?: boolean | undefined;
}

export interface ExecutionResponse {
  readonly data?: Record<string, unknown> | WrittenData | null;
  readonly errors?: readonly GraphQLError[];
}

export interface ExecutorOptions {
  readonly prepareFetch: PrepareFetch;
  /** Turns an error of the engine’s planner into an error for clients. */
  readonly explain: (error: unknown, requestId: string) => unknown;
  /** The most memory for compiled operations, by estimate. @default 64 MB */
  readonly cacheBytes?: number;
  /** When to plan in a thread. @default never: other requests wait while an operation is planned */
  readonly thread?: ThreadOptions;
  /** Called when an operation was planned and compiled, or could not be. @default nothing */
  readonly onPlanned?: ((isPlanned: boolean, seconds: number) => void) | undefined;
}

const defaultCacheBytes = 64_000_000;

/**
 * A longer planning time in a thread is charged as this, because the measured time includes work
 * for other requests.
 */
const mostPlanningMs = 20;

/** Executes operations by the engine’s plans. */
export interface Executor {
  /** Plans and compiles an operation, so that its first request need not wait for that. */
  prepare(request: PreparedRequest): Promise<void>;
  execute(request: ExecutionRequest): Promise<ExecutionResponse>;
  /** Resolves once the engine has a schema and the planner is ready. */
  ready(): Promise<void>;
  /** Ends all threads. Later operations are planned without a thread. */
  close(): Promise<void>;
}

/** One schema and the operations that were compiled for it. */
interface Version {
  readonly engine: EngineVersion;
  readonly planner: Planner | undefined;
  readonly compiled: LRUCache<string, CompiledOperation>;
  readonly underWay: Map<string, Promise<CompiledOperation>>;
}

/**
 * Makes the executor, which replaces the engine’s own. The engine loads schemas and plans. Each
 * plan is compiled here once, and then run.
 */
export function createExecutor(gateway: ApolloGateway, options: ExecutorOptions): Executor {
  const { cacheBytes = defaultCacheBytes, thread } = options;
  const versions = new WeakMap<GraphQLSchema, Version>();
  const findDeciding = createDecidingReader();
  const planners = createPlanners(thread);
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    const engine = readEngineVersion(gateway);
    versions.set(apiSchema, {
      engine,
      planner: planners.open(engine),
      compiled: new LRUCache({ maxSize: cacheBytes, sizeCalculation: ({ bytes }) => bytes }),
      underWay: new Map(),
    });
  });
  /** The compiled operation, and the key and the version that keep it. */
  async function find(request: ExecutionRequest) {
    const { schema, operation, queryHash, variables, onError } = request;
    const version = versions.get(schema);
    if (!version) throw new Error('The engine has not loaded the schema of the operation.');
    const deciding = findDeciding(request);
    const decision = readDecision(deciding, variables);
    const keeps = onError === 'NULL' ? ' NULL' : '';
    const key = `${queryHash}${decision} ${operation.name?.value ?? ''}${keeps}`;
    const compiled =
      version.compiled.get(key) ??
      (await compileOnce(version, key, request, options, () =>
        decideConditions(request.document, deciding, decision),
      ));
    return { version, key, compiled };
  }
  return {
    async prepare(request) {
      await find(request);
    },
    async execute(request) {
      const { variables, record, charge, takesText } = request;
      const errors = checkConditions(findDeciding(request), variables);
      if (errors) return { errors };
      const { version, key, compiled } = await find(request);
      const { bytes } = compiled;
      const executed = await compiled.execute(record, variables, { charge, takesText });
      // It met types for the first time, so it takes more memory now.
      if (compiled.bytes !== bytes && version.compiled.has(key))
        version.compiled.set(key, compiled);
      const { data } = executed;
      if (executed.errors.length === 0) return { data };
      return { data, errors: executed.errors.map(toGraphQLError) };
    },
    ready: planners.ready,
    close: planners.close,
  };
}

/** The planner of each schema. The last one is current. The others end after their last plans. */
function createPlanners(thread: ThreadOptions | undefined) {
  const planners = new Set<Planner>();
  const current = (): Planner | undefined => [...planners].at(-1);
  return {
    open(engine: EngineVersion): Planner | undefined {
      const old = current();
      void old?.retire().then(() => planners.delete(old));
      if (!thread) return undefined;
      const planner = createPlanner(engine, thread);
      planners.add(planner);
      return planner;
    },
    ready: async (): Promise<void> => current()?.ready,
    async close(): Promise<void> {
      await Promise.all([...planners].map((planner) => planner.close()));
    },
  };
}

/** Compiles an operation, once for all requests that wait for it. The first one is charged. */
async function compileOnce(
  version: Version,
  key: string,
  request: ExecutionRequest,
  options: ExecutorOptions,
  decide: () => DocumentNode,
): Promise<CompiledOperation> {
  const { underWay } = version;
  const stop = underWay.has(key) ? undefined : startWork();
  const compiling = underWay.get(key) ?? compile(version, key, decide(), request, options);
  underWay.set(key, compiling);
  try {
    return await compiling;
  } finally {
    underWay.delete(key);
    if (stop) request.charge?.({ ms: Math.min(stop(), mostPlanningMs) });
  }
}

async function compile(
  { engine, planner, compiled }: Version,
  key: string,
  decided: DocumentNode,
  { operation: { name }, record, onError }: ExecutionRequest,
  { prepareFetch, explain, onPlanned }: ExecutorOptions,
): Promise<CompiledOperation> {
  const operationName = name?.value;
  const startedAt = performance.now();
  const span = record.span?.start('plan');
  const secondsSince = () => (performance.now() - startedAt) / 1_000;
  let planned: PlannedDocument;
  try {
    const operation = { document: decided, operationName, storeKey: key };
    planned = await planOperation(engine, operation, planner);
  } catch (error) {
    onPlanned?.(false, secondsSince());
    span?.end({ isError: true });
    throw explain(error, record.requestId);
  }
  const { document, plan } = planned;
  const handling = { propagates: onError !== 'NULL' };
  const source = { document, operationName, handling };
  const made = compileOperation(engine, source, plan, prepareFetch);
  compiled.set(key, made);
  onPlanned?.(true, secondsSince());
  span?.end();
  return made;
}

/** A condition cannot be null, but its variable can be if it has a default value. */
function checkConditions(
  deciding: readonly DecidingVariable[],
  variables: Variables,
): readonly GraphQLError[] | undefined {
  const name = deciding.find((variable) => variables[variable.name] === null)?.name;
  if (name === undefined) return undefined;
  return [
    new HubError('BAD_USER_INPUT', { argument: 'if', message: `The condition $${name} is null.` }),
  ];
}

const toGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError
    ? error
    : new GraphQLError('', { originalError: error instanceof Error ? error : undefined });
