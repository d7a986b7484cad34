import { HeaderMap, type GraphQLRequest, type GraphQLRequestContext } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { silentLogger } from '../../system/logger.js';
import type { ValidDocument } from './documents.js';
import type { Executed } from './operation-hooks.js';
import type { ServedContext } from './served-context.js';

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** One operation in the pipeline. It has the form that hooks of Apollo Server expect. */
export type OperationRequest<Context extends ServedContext> = Writable<
  GraphQLRequestContext<Context> & Executed
>;

export function createRequest<Context extends ServedContext>(
  request: GraphQLRequest,
  contextValue: Context,
  schema: GraphQLSchema,
): OperationRequest<Context> {
  // With all properties from the start, because adding properties later is slow.
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

/** Adds what is known once the text is parsed. */
export function addDocument<Context extends ServedContext>(
  context: OperationRequest<Context>,
  text: string,
  { hash, document, operationOf }: ValidDocument,
): void {
  context.source = text;
  context.queryHash = hash;
  context.document = document;
  context.operation = operationOf(context.request.operationName);
  context.operationName = context.operation?.name?.value ?? null;
}
