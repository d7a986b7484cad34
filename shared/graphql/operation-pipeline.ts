import {
  HeaderMap,
  type ApolloServerOptionsWithGateway,
  type GraphQLRequest,
  type GraphQLRequestContext,
  type GraphQLRequestContextDidResolveOperation,
  type GraphQLRequestContextWillSendResponse,
  type GraphQLResponse,
} from '@apollo/server';
import { execute, GraphQLError, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { forCaller } from '../database/index.js';
import { HubError } from '../errors/index.js';
import { malformed } from '../errors/refusal.js';
import { silentLogger } from '../telemetry/index.js';
import { InvalidDocument, type Documents, type ValidDocument } from './documents.js';
import { findVariableErrors } from './find-variable-errors.js';
import type { Executed, OperationHooks } from './operation-hooks.js';
import type { ServedContext } from './served-context.js';
import { refusedWorkFactor } from './work.js';

export type Gateway = ApolloServerOptionsWithGateway<ServedContext>['gateway'];
type GatewayLoad = Awaited<ReturnType<Gateway['load']>>;
export type GatewayExecutor = NonNullable<GatewayLoad['executor']>;

/** What operations are run on at a time. */
export interface OperationSource {
  readonly schema: GraphQLSchema;
  /** @default graphql-js */
  readonly executor?: GatewayExecutor;
}

export interface RunnerOptions<Context extends ServedContext> {
  /** Asked for every operation. */
  readonly source: () => OperationSource;
  readonly documents: Documents;
  /** Leaves the names of the schema out of errors. */
  readonly hideSuggestions: boolean;
  readonly hooks: readonly OperationHooks<Context>[];
}

/** Persisted queries are remembered until they have this many characters together. */
const persistedLength = 5_000_000;

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
type Request<Context extends ServedContext> = Writable<GraphQLRequestContext<Context> & Executed>;

/** Runs one operation for whoever made the context. */
export type RunOperation<Context extends ServedContext> = (
  request: GraphQLRequest,
  contextValue: Context,
) => Promise<GraphQLResponse>;

/**
 * Builds what runs operations in Apollo Server’s place.
 *
 * Apollo Server hashes and looks up the text, and waits for all hooks of all plugins, anew for every request; for a small
 * answer that took more time than all the rest of the hub. Here a text is read once, and nothing is waited for that is
 * there at once.
 */
export function createOperationRunner<Context extends ServedContext>({
  source,
  documents,
  hideSuggestions,
  hooks,
}: RunnerOptions<Context>): RunOperation<Context> {
  const persisted = new LRUCache<string, string>({
    maxSize: persistedLength,
    sizeCalculation: (text) => text.length,
  });

  /** The text of a request, or of the one that was sent with its hash before. */
  const readText = ({ query, extensions }: GraphQLRequest): string => {
    const sha256Hash: unknown = extensions?.persistedQuery?.sha256Hash;
    if (query) return query;
    if (typeof sha256Hash !== 'string') throw malformed('`query` is missing.');
    const known = persisted.get(sha256Hash);
    if (!known)
      throw new HubError('PERSISTED_QUERY_NOT_FOUND', { message: 'PersistedQueryNotFound' });
    return known;
  };

  /** All that can be refused before anything is executed. */
  const resolve = async (context: Request<Context>) => {
    const { request, schema } = context;
    const text = readText(request);
    const valid = documents.read(schema, text, context.contextValue.charge);
    addDocument(context, text, valid);
    context.contextValue.operationName = context.operationName;
    if (request.http?.method === 'GET' && context.operation?.operation === 'mutation') {
      context.response.http.status = 405;
      throw malformed('A GET takes queries alone.');
    }
    if (context.operation?.operation === 'subscription')
      throw new HubError('GRAPHQL_VALIDATION_FAILED', {
        message: 'Subscriptions are not supported.',
      });
    for (const hook of hooks) {
      const waiting = hook.didResolveOperation?.(
        context as GraphQLRequestContextDidResolveOperation<Context>,
      );
      if (waiting) await waiting;
    }
    // Kept under its own hash, whatever was said of it.
    if (request.query && request.extensions?.persistedQuery) persisted.set(valid.hash, text);
  };

  const checkVariables = ({ schema, operation, request, contextValue }: Request<Context>) => {
    const { variables = {} } = request;
    if (!operation?.variableDefinitions?.length) return [];
    // Not the CPU time: to read that takes longer than most checks, and this much of it is seldom interrupted.
    const startedAt = performance.now();
    const errors = findVariableErrors(schema, operation, variables, hideSuggestions);
    const factor = errors.length > 0 ? refusedWorkFactor : 1;
    contextValue.charge?.({ ms: (performance.now() - startedAt) * factor });
    return errors;
  };

  const run = async (context: Request<Context>) => {
    try {
      await resolve(context);
    } catch (error) {
      const isInvalid = error instanceof InvalidDocument;
      return refuse(context, isInvalid ? error.reasons : [toGraphQLError(error)]);
    }
    const unfit = checkVariables(context);
    if (unfit.length > 0) return refuse(context, unfit);
    context.isExecuted = true;
    let result: ExecutionResult;
    try {
      const { executor } = source();
      result = await (executor ? askGateway(executor, context) : runSchema(context));
    } catch (error) {
      return refuse(context, [toGraphQLError(error)]);
    }
    const { data, errors, extensions } = result;
    // What there is not is not written.
    context.response.body = { kind: 'single', singleResult: { data, extensions } };
    if (!errors?.length) return;
    context.errors = errors.map(toGraphQLError);
    context.response.body.singleResult.errors = context.errors.map((error) => error.toJSON());
  };

  return async (request, contextValue) => {
    const context = createRequest(request, contextValue, source().schema);
    try {
      await run(context);
      for (const hook of hooks) {
        const waiting = hook.willSendResponse?.(
          context as GraphQLRequestContextWillSendResponse<Context> & Executed,
        );
        if (waiting) await waiting;
      }
      return context.response as GraphQLResponse;
    } catch (error) {
      const failure = error instanceof Error ? error : new Error('not an error');
      for (const hook of hooks) hook.didFail?.(context, failure);
      throw new Error('An operation could not be run.', { cause: error });
    }
  };
}

function createRequest<Context extends ServedContext>(
  request: GraphQLRequest,
  contextValue: Context,
  schema: GraphQLSchema,
): Request<Context> {
  // All that it will ever hold, from the start: an object that grows is slow.
  return {
    logger: silentLogger,
    cache: noCache,
    request,
    response: { http: { status: undefined, headers: new HeaderMap() }, body: undefined },
    schema,
    contextValue,
    queryHash: undefined,
    document: undefined,
    source: undefined,
    operationName: undefined,
    operation: undefined,
    errors: undefined,
    metrics: {},
    overallCachePolicy: noCachePolicy,
    requestIsBatched: false,
    isExecuted: false,
  };
}

const noCache: GraphQLRequestContext<ServedContext>['cache'] = {
  get: () => Promise.resolve(undefined),
  set: () => Promise.resolve(),
  delete: () => Promise.resolve(false),
};

const noCachePolicy: GraphQLRequestContext<ServedContext>['overallCachePolicy'] = {
  replace: () => undefined,
  restrict: () => undefined,
  policyIfCacheable: () => null,
};

function addDocument<Context extends ServedContext>(
  context: Request<Context>,
  text: string,
  { hash, document, operationOf }: ValidDocument,
): void {
  context.source = text;
  context.queryHash = hash;
  context.document = document;
  context.operation = operationOf(context.request.operationName);
  context.operationName = context.operation?.name?.value ?? null;
}

function askGateway<Context extends ServedContext>(
  executor: GatewayExecutor,
  context: Request<Context>,
): Promise<ExecutionResult> {
  const { request, schema, document, operation, operationName, queryHash, source } = context;
  const { contextValue, logger, cache, metrics, overallCachePolicy } = context;
  return executor({
    request,
    schema,
    document,
    operation,
    operationName,
    queryHash,
    source,
    context: contextValue,
    logger,
    cache,
    metrics,
    overallCachePolicy,
  } as unknown as Parameters<typeof executor>[0]);
}

function runSchema<Context extends ServedContext>(
  context: Request<Context>,
): ExecutionResult | Promise<ExecutionResult> {
  const { schema, document, contextValue, request, operation } = context;
  if (!document) throw new Error('There is no document.');
  const { variables: variableValues, operationName } = request;
  const run = () => execute({ schema, document, contextValue, variableValues, operationName });
  const { clientSignal } = contextValue;
  return clientSignal && operation?.operation === 'query' ? forCaller(clientSignal, run) : run();
}

const toGraphQLError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError
    ? error
    : new GraphQLError(error instanceof Error ? error.message : '', {
        originalError: error instanceof Error ? error : undefined,
      });

function refuse<Context extends ServedContext>(
  context: Request<Context>,
  errors: readonly GraphQLError[],
): void {
  context.errors = errors;
  context.response.body = {
    kind: 'single',
    singleResult: { errors: errors.map((one) => one.toJSON()) },
  };
}
