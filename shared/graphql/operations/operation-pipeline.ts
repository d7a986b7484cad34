import type {
  GraphQLRequest,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextWillSendResponse,
  GraphQLResponse,
} from '@apollo/server';
import {
  execute,
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { forCaller } from '../../database/postgres/postgres-driver.js';
import { HubError } from '../../errors/hub-error.js';
import { malformed } from '../../errors/refusal.js';
import type { Logger } from '../../system/logger.js';
import {
  createApolloServer,
  type GatewayExecutor,
  type OperationSource,
  type SourceOptions,
} from './apollo-server.js';
import { Documents, InvalidDocument, type ValidDocument } from './documents.js';
import { checkOperation, maskErrors } from './mask-errors.js';
import { findArgument } from './name-arguments.js';
import {
  addDocument,
  createRequest,
  findVariableErrors,
  type OperationRequest,
} from './operation-request.js';
import {
  refusedWorkFactor,
  type BehavedRequest,
  type Executed,
  type OperationHooks,
  type ServedContext,
} from './served-context.js';

export interface OperationPipelineOptions<Context extends ServedContext> {
  readonly source: SourceOptions<Context>;
  readonly logger: Logger;
  /** @default true */
  readonly introspection?: boolean;
  readonly hooks?: readonly OperationHooks<Context>[];
}

/** A valid subscription that may be executed. */
export interface SubscribedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

/** Opens the stream of a subscription. Throws to refuse it. */
export type Subscribe = (operation: SubscribedOperation) => Promise<void>;

/** Persisted queries are cached until they have this many characters together. */
const persistedLength = 5_000_000;

/**
 * Runs operations, for the hub and for partners. Errors are masked. HTTP is handled by
 * `registerGraphQL`.
 *
 * Apollo Server only starts and stops the schema or the gateway. Its own pipeline hashes and looks
 * up the text, and awaits all hooks of all plugins, for every request. For a small response this
 * took longer than the rest of the hub. Here each text is parsed once, and only real promises are
 * awaited.
 */
export class OperationPipeline<Context extends ServedContext> {
  readonly #apollo: { start(): Promise<void>; stop(): Promise<void> };
  /** Called for every operation. */
  readonly #source: () => OperationSource;
  readonly #documents: Documents;
  /** Leaves the names of the schema out of errors. */
  readonly #hideSuggestions: boolean;
  readonly #hooks: readonly OperationHooks<Context>[];
  readonly #persisted = new LRUCache<string, string>({
    maxSize: persistedLength,
    sizeCalculation: (text) => text.length,
  });

  constructor({
    source,
    logger,
    introspection = true,
    hooks = [],
  }: OperationPipelineOptions<Context>) {
    const { apollo, current } = createApolloServer(source, { introspection });
    this.#apollo = apollo;
    this.#source = current;
    // Errors are masked first, so that additions of other hooks are kept.
    const all = [checkOperation<Context>(logger), maskErrors<Context>(logger), ...hooks];
    this.#hooks = all;
    this.#hideSuggestions = !introspection;
    this.#documents = new Documents({ introspection }, (schema, document) => {
      for (const hook of all) hook.didParse?.({ schema, document });
    });
  }

  /** Loads the schema, or lets the gateway load it. */
  start(): Promise<void> {
    return this.#apollo.start();
  }

  stop(): Promise<void> {
    return this.#apollo.stop();
  }

  /**
   * Reads a document, so that its requests need not wait for that.
   * @throws if it is not valid
   */
  read(text: string): ValidDocument & { readonly schema: GraphQLSchema } {
    const { schema } = this.#source();
    return { schema, ...this.#documents.read(schema, text) };
  }

  /**
   * Runs one operation in a context. A refusal is a response too.
   * @param subscribe opens the stream of a subscription, which may be executed then. The response is
   * empty. @default subscriptions are refused
   */
  async run(
    request: BehavedRequest,
    contextValue: Context,
    subscribe?: Subscribe,
  ): Promise<GraphQLResponse> {
    const context = createRequest(request, contextValue, this.#source().schema);
    try {
      await this.#respond(context, subscribe);
      for (const hook of this.#hooks) {
        const waiting = hook.willSendResponse?.(
          context as GraphQLRequestContextWillSendResponse<Context> & Executed,
        );
        if (waiting) await waiting;
      }
      return context.response as GraphQLResponse;
    } catch (error) {
      const failure = error instanceof Error ? error : new Error('not an error');
      for (const hook of this.#hooks) hook.didFail?.(context, failure);
      throw new Error('An operation could not be run.', { cause: error });
    }
  }

  async #respond(context: OperationRequest<Context>, subscribe?: Subscribe): Promise<void> {
    try {
      await this.#resolve(context, subscribe !== undefined);
    } catch (error) {
      const isInvalid = error instanceof InvalidDocument;
      return refuse(context, isInvalid ? error.reasons : [toGraphQLError(error)]);
    }
    const unfit = this.#checkVariables(context);
    if (unfit.length > 0) return refuse(context, unfit);
    if (subscribe && context.operation?.operation === 'subscription')
      return openStream(context, subscribe);
    context.isExecuted = true;
    let result: ExecutionResult;
    try {
      const { executor } = this.#source();
      result = await (executor ? askGateway(executor, context) : runSchema(context));
    } catch (error) {
      return refuse(context, [toGraphQLError(error)]);
    }
    const { data, errors, extensions } = result;
    // JSON leaves undefined members out.
    context.response.body = { kind: 'single', singleResult: { data, extensions } };
    if (!errors?.length) return;
    context.errors = errors.map(toGraphQLError);
    context.response.body.singleResult.errors = context.errors.map((error) => error.toJSON());
  }

  /** Everything that can be rejected before execution. */
  async #resolve(context: OperationRequest<Context>, maySubscribe: boolean): Promise<void> {
    const { request, schema } = context;
    const text = this.#readText(request);
    const valid = this.#documents.read(schema, text, context.contextValue.charge);
    addDocument(context, text, valid);
    context.contextValue.operationName = context.operationName;
    checkKind(context, maySubscribe);
    for (const hook of this.#hooks) {
      const waiting = hook.didResolveOperation?.(
        context as GraphQLRequestContextDidResolveOperation<Context>,
      );
      if (waiting) await waiting;
    }
    // The text is stored under the hash that was computed here, not under the client’s hash.
    if (request.query && request.extensions?.persistedQuery) this.#persisted.set(valid.hash, text);
  }

  /** The text of the request, or the stored text for its hash. */
  #readText({ query, extensions }: GraphQLRequest): string {
    const sha256Hash: unknown = extensions?.persistedQuery?.sha256Hash;
    if (query) return query;
    if (typeof sha256Hash !== 'string') throw malformed('`query` is missing.');
    const known = this.#persisted.get(sha256Hash);
    if (!known)
      throw new HubError('PERSISTED_QUERY_NOT_FOUND', { message: 'PersistedQueryNotFound' });
    return known;
  }

  #checkVariables({
    schema,
    document,
    operation,
    request,
    contextValue,
  }: OperationRequest<Context>): readonly GraphQLError[] {
    const { variables = {} } = request;
    if (!document || !operation?.variableDefinitions?.length) return [];
    // Elapsed time and not CPU time, because reading CPU time takes longer than most checks, which
    // are seldom interrupted.
    const startedAt = performance.now();
    const errors = findVariableErrors(
      schema,
      operation,
      variables,
      this.#hideSuggestions,
      (variable) => findArgument(schema, document, operation, variable),
    );
    const factor = errors.length > 0 ? refusedWorkFactor : 1;
    contextValue.charge?.({ ms: (performance.now() - startedAt) * factor });
    return errors;
  }
}

/** Rejects a mutation by GET, and subscriptions where they are not supported. */
function checkKind<Context extends ServedContext>(
  { request, operation, response }: OperationRequest<Context>,
  maySubscribe: boolean,
): void {
  if (request.http?.method === 'GET' && operation?.operation === 'mutation') {
    response.http.status = 405;
    throw malformed('A GET request must be a query.');
  }
  if (operation?.operation === 'subscription' && !maySubscribe)
    throw new HubError('GRAPHQL_VALIDATION_FAILED', {
      message: 'Subscriptions are not supported.',
    });
}

/** A refusal of the subscription is its response. */
async function openStream<Context extends ServedContext>(
  context: OperationRequest<Context>,
  subscribe: Subscribe,
): Promise<void> {
  const { schema, document, request, operationName } = context;
  if (!document) throw new Error('The document is missing.');
  try {
    const { variables = {} } = request;
    await subscribe({ schema, document, variables, operationName: operationName ?? undefined });
    context.response.body = { kind: 'single', singleResult: {} };
  } catch (error) {
    refuse(context, [toGraphQLError(error)]);
  }
}

function askGateway<Context extends ServedContext>(
  executor: GatewayExecutor,
  context: OperationRequest<Context>,
): Promise<ExecutionResult> {
  const { request, schema, document, operation, operationName, queryHash, source } = context;
  const { contextValue, logger, cache, metrics, overallCachePolicy } = context;
  // The type also requires a schema hash, which nothing reads, and `fetch` headers. A `HeaderMap`
  // behaves like those.
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
  context: OperationRequest<Context>,
): ExecutionResult | Promise<ExecutionResult> {
  const { schema, document, contextValue, request, operation } = context;
  if (!document) throw new Error('The document is missing.');
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
  context: OperationRequest<Context>,
  errors: readonly GraphQLError[],
): void {
  context.errors = errors;
  context.response.body = {
    kind: 'single',
    singleResult: { errors: errors.map((one) => one.toJSON()) },
  };
}
