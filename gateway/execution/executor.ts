import { HubError } from '@hub/shared/errors';
import {
  getVariableValues,
  GraphQLError,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Variables } from '../conditions.js';
import type { ApolloGateway } from '../engine.js';
import { narrowFragments } from '../narrow-fragments.js';
import type { OperationRecord } from '../routing/operation-record.js';
import type { PrepareFetch } from './compile-fetch.js';
import { compileOperation, type CompiledOperation } from './compile-operation.js';
import { readEngineVersion, type EngineVersion, type QueryPlan } from './engine-internals.js';

/** A valid operation with all that a request brings to it. */
export interface ExecutionRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
  /** The SHA-256 of the document’s text. */
  readonly queryHash: string;
  readonly variables: Variables;
  readonly record: OperationRecord;
}

export interface ExecutionAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLError[];
}

export interface ExecutorOptions {
  readonly prepareFetch: PrepareFetch;
  /** Makes what the engine throws while it plans what a client may be told. */
  readonly explain: (error: unknown) => unknown;
  /** How much memory compiled operations may take, by estimate. @default 64 MB */
  readonly cacheBytes?: number;
}

const defaultCacheBytes = 64_000_000;

/** Executes operations by the engine’s plans. */
export interface Executor {
  execute(request: ExecutionRequest): Promise<ExecutionAnswer>;
}

/** One schema, with the operations that were compiled for it. They go with it. */
interface Version {
  readonly engine: EngineVersion;
  readonly compiled: LRUCache<string, CompiledOperation>;
  readonly underWay: Map<string, Promise<CompiledOperation>>;
}

/**
 * Makes what executes operations in the engine’s place: it loads schemas, plans and goes over to others; what it has
 * planned is compiled here, once for each operation, and run.
 */
export function createExecutor(
  gateway: ApolloGateway,
  { prepareFetch, explain, cacheBytes = defaultCacheBytes }: ExecutorOptions,
): Executor {
  const versions = new WeakMap<GraphQLSchema, Version>();
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    versions.set(apiSchema, {
      engine: readEngineVersion(gateway),
      compiled: new LRUCache({ maxSize: cacheBytes, sizeCalculation: ({ bytes }) => bytes }),
      underWay: new Map(),
    });
  });

  const compile = async (
    { engine, compiled }: Version,
    key: string,
    { document, operation, operationName }: ExecutionRequest,
  ): Promise<CompiledOperation> => {
    let plan: QueryPlan;
    try {
      const narrowed = narrowFragments(engine.schema, document);
      plan = await engine.plan({ document: narrowed, operationName, storeKey: key });
    } catch (error) {
      throw explain(error);
    }
    const made = compileOperation(engine, { document, operation }, plan, prepareFetch);
    compiled.set(key, made);
    return made;
  };

  return {
    async execute(request) {
      const { schema, operation, operationName, queryHash, variables, record } = request;
      const errors = checkVariables(schema, operation, variables);
      if (errors) return { errors };
      const version = versions.get(schema);
      if (!version) throw new Error('The engine has not loaded the schema of the operation.');
      const key = operationName === undefined ? queryHash : `${queryHash} ${operationName}`;
      let compiled = version.compiled.get(key);
      if (!compiled) {
        const underWay = version.underWay.get(key) ?? compile(version, key, request);
        version.underWay.set(key, underWay);
        try {
          compiled = await underWay;
        } finally {
          version.underWay.delete(key);
        }
      }
      const unfit = checkConditions(compiled, variables);
      if (unfit) return { errors: unfit };
      const { bytes } = compiled;
      const executed = await compiled.execute(record, variables);
      // It met types for the first time, and takes more than it did.
      if (compiled.bytes !== bytes && version.compiled.has(key))
        version.compiled.set(key, compiled);
      const { data } = executed;
      if (executed.errors.length === 0) return { data };
      return { data, errors: executed.errors.map(toGraphQLError) };
    },
  };
}

function checkVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): readonly GraphQLError[] | undefined {
  if (variableDefinitions.length === 0) return undefined;
  return getVariableValues(schema, variableDefinitions, variables).errors;
}

/** A condition is never null, and yet its variable may be, where it has a default. */
function checkConditions(
  { nullableConditions }: CompiledOperation,
  variables: Variables,
): readonly GraphQLError[] | undefined {
  const name = nullableConditions.find((variable) => variables[variable] === null);
  if (name === undefined) return undefined;
  return [new HubError('BAD_USER_INPUT', { message: `The condition $${name} is null.` })];
}

const toGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError
    ? error
    : new GraphQLError('', { originalError: error instanceof Error ? error : undefined });
