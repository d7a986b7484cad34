import { HeaderMap, type GraphQLResponse, type HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import { setTimeout as wait } from 'node:timers/promises';
import { catalogue, HubError, isErrorCode, Refusal } from '../errors/index.js';
import { watchResponse } from '../graphql/client-signal.js';
import type { Charge, ClientSignal, OperationPipeline, ServedContext } from '../graphql/index.js';
import { maskedError } from '../graphql/mask-errors.js';
import { refusedWorkFactor } from '../graphql/refused-work.js';
import type { OperationLimiter } from '../limits/index.js';
import { isCounted, noteContext, noteCounted } from './caller-note.js';
import {
  checkContentType,
  isBare,
  readAddress,
  readBody,
  type GraphQLParameters,
} from './graphql-parameters.js';
import { sendFailure } from './http-errors.js';
import { negotiate, prefersPage, type ResponseForm } from './media-type.js';
import { countDiscarded } from './refuse-body.js';

/** One request, for the function that creates its context. */
export interface GraphQLCall {
  /** Its `body` has the raw bytes. */
  readonly request: FastifyRequest;
  readonly requestId: string;
  /** Makes a signal that fires when the client disconnects before the response. */
  watchClient(): ClientSignal;
}

/** A page for browsers. */
export interface Page {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

export interface GraphQLOptions<Context extends ServedContext> {
  readonly path: string;
  /** A started pipeline. It masks its errors. */
  readonly pipeline: Pick<OperationPipeline<Context>, 'run'>;
  /** Creates the context of a request. Throws to refuse it: a HubError has its own status. */
  createContext(call: GraphQLCall): Promise<Context>;
  /**
   * Counts a request that is refused before it has a context: its body is too large, or of another media type. What it
   * throws as `RATE_LIMITED` refuses the request instead. @default nothing is counted
   */
  countRefused?(request: FastifyRequest, bytes: number): Promise<void>;
  /**
   * Rejects what is too large before validation. Its hooks are `pipeline`’s. @default nothing is
   * rejected
   */
  readonly limiter?: Pick<OperationLimiter, 'check' | 'checkBody'>;
  /** The page for browsers that open the path. @default none */
  readonly page?: Page;
  /** Whether clients may get errors with this code. @default those of the catalogue */
  readonly isCode?: (code: unknown) => boolean;
}

/** The engine only needs to know that a GET must not run a mutation. */
const methods: Readonly<Record<string, HTTPGraphQLRequest>> = {
  GET: { method: 'GET', headers: new HeaderMap(), search: '', body: undefined },
  POST: { method: 'POST', headers: new HeaderMap(), search: '', body: undefined },
};

/**
 * Errors of a well-formed request whose status depends on the media type; see {@link
 * Answer.isLegacy}.
 */
const documentFailures: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  // Clients that send a hash first expect the code in a 200, and treat any other status as a
  // failure.
  'PERSISTED_QUERY_NOT_FOUND',
]);

/**
 * The status of a result. A result with data, even null, is a success; one without data was
 * rejected.
 */
function statusOf({ data, errors }: FormattedExecutionResult, { isLegacy }: ResponseForm): number {
  if (data !== undefined || !errors?.length) return 200;
  const codes = errors.map(({ extensions }) => extensions?.code);
  const refusal = codes.find((code) => !documentFailures.has(code));
  if (refusal === undefined) return isLegacy ? 200 : 400;
  return isErrorCode(refusal) ? catalogue[refusal].status : 500;
}

/** When a refused client may try again, in seconds. */
function retryAfterOf({ data, errors }: FormattedExecutionResult): number | undefined {
  if (data !== undefined) return undefined;
  const retryAfter = errors?.[0]?.extensions?.retryAfter;
  return typeof retryAfter === 'number' ? retryAfter : undefined;
}

/** Removes errors without a code, in case the pipeline was made elsewhere. */
function onlyCoded(
  result: FormattedExecutionResult,
  requestId: string,
  isCode: (code: unknown) => boolean,
): FormattedExecutionResult {
  const { errors, ...rest } = result;
  return {
    errors: errors?.map((error) =>
      isCode(error.extensions?.code) ? error : maskedError(requestId),
    ),
    ...rest,
  };
}

/**
 * A text up to this length is sent in one write with its head. A longer one would have to be
 * copied.
 */
const shortLength = 16_000;

const toBody = (text: string): string | Buffer =>
  text.length > shortLength ? Buffer.from(text) : text;

function sendPage(reply: FastifyReply, { html, contentSecurityPolicy }: Page): FastifyReply {
  return reply
    .headers({
      'content-security-policy': contentSecurityPolicy,
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    })
    .type('text/html; charset=utf-8')
    .send(html);
}

/**
 * How long a caller who exceeds its rate waits for the refusal, in milliseconds, which slows it
 * down.
 */
const refusalDelayMs = 200;

/**
 * Refuses a request after a delay. Otherwise a client that repeats at once would keep the process
 * busy with refusals.
 * @throws the error
 */
async function refuseLater(error: unknown, request: FastifyRequest): Promise<never> {
  if (error instanceof HubError && error.code === 'RATE_LIMITED') {
    request.body = undefined;
    await wait(refusalDelayMs);
  }
  throw error;
}

/**
 * Reads what a request asks, and charges its caller with that.
 * @returns also what charges it as work for what is then refused
 */
function readCharged(
  { body }: FastifyRequest,
  charge: Charge | undefined,
  read: () => GraphQLParameters,
): { readonly parameters: GraphQLParameters; readonly chargeRefused: () => void } {
  const bytes = Buffer.isBuffer(body) ? body.length : 0;
  const startedAt = performance.now();
  let factor = refusedWorkFactor;
  try {
    const parameters = read();
    factor = 1;
    const ms = performance.now() - startedAt;
    return { parameters, chargeRefused: () => charge?.({ ms: ms * (refusedWorkFactor - 1) }) };
  } finally {
    charge?.({ ms: (performance.now() - startedAt) * factor, bytes });
  }
}

/** Whether a request was refused as its caller’s fault. Clients that send a hash first make none. */
function isCallersFault({ data, errors }: FormattedExecutionResult): boolean {
  const code = errors?.[0]?.extensions?.code;
  if (data !== undefined || !isErrorCode(code) || code === 'PERSISTED_QUERY_NOT_FOUND')
    return false;
  return catalogue[code].status < 500;
}

/**
 * Serves GraphQL over HTTP at a path: queries by GET and POST, mutations by POST only, one
 * operation a request.
 * @see https://graphql.github.io/graphql-over-http/draft/
 */
export function registerGraphQL<Context extends ServedContext>(
  http: FastifyInstance,
  options: GraphQLOptions<Context>,
): void {
  const { path, page, limiter } = options;
  void http.register(async (scope) => {
    scope.setErrorHandler<Error>(async (error, request, reply) => {
      const refusal = await countRefusal(options, request).then(
        () => error,
        (limited: Error) => limited,
      );
      return sendFailure(refusal, request, reply);
    });
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    scope.get(path, { exposeHeadRoute: false }, async (request, reply) => {
      const { url, headers } = request;
      if (page && isBare(url) && prefersPage(headers.accept)) return sendPage(reply, page);
      return respond(options, () => readAddress(url), request, reply);
    });
    scope.post(path, {
      onRequest: async ({ headers }) =>
        checkContentType(headers['content-type'], headers['content-encoding']),
      handler: async (request, reply) => {
        const read = () => {
          limiter?.checkBody(request.body);
          return readBody(request.body);
        };
        return respond(options, read, request, reply);
      },
    });
    scope.route({
      method: ['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'PUT'],
      url: path,
      handler: async (_request, reply) => {
        reply.header('allow', 'GET, POST');
        throw new Refusal('BAD_REQUEST', 405, {
          message: 'GraphQL requests must use GET or POST.',
        });
      },
    });
  });
}

/** A body that nobody counts could be sent as often as the network allows. */
async function countRefusal(
  { countRefused }: Pick<GraphQLOptions<ServedContext>, 'countRefused'>,
  request: FastifyRequest,
): Promise<void> {
  if (!countRefused || isCounted(request.raw)) return;
  noteCounted(request.raw);
  try {
    await countRefused(request, countDiscarded(request));
  } catch (error) {
    if (error instanceof HubError && error.code === 'RATE_LIMITED') {
      await refuseLater(error, request);
    }
  }
}

/** Executes the operation of a request, and sends its result. */
async function respond<Context extends ServedContext>(
  { pipeline, createContext, limiter, isCode = isErrorCode }: GraphQLOptions<Context>,
  read: () => GraphQLParameters,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const chosen = negotiate(request.headers.accept);
  if (!chosen) {
    const message = 'The response is `application/json` or `application/graphql-response+json`.';
    throw new Refusal('BAD_REQUEST', 406, { message });
  }
  noteCounted(request.raw);
  const contextValue = await createContext({
    request,
    requestId: request.id,
    watchClient: () => watchResponse(reply.raw),
  }).catch((error: unknown) => refuseLater(error, request));
  // After the context, which counts the request against its caller’s rate: a refused request need
  // not be parsed.
  noteContext(request.raw, contextValue);
  const { charge } = contextValue;
  const { parameters, chargeRefused } = readCharged(request, charge, () => {
    const given = read();
    limiter?.check(given);
    return given;
  });
  const { body, http: head } = await pipeline.run(
    { ...parameters, http: methods[request.method] },
    contextValue,
  );
  if (body.kind !== 'single') throw new Error('An incremental response was not requested.');
  const { singleResult } = body;
  const result = singleResult.errors ? onlyCoded(singleResult, request.id, isCode) : singleResult;
  if (isCallersFault(result)) chargeRefused();
  setHeaders(reply, head, result);
  const text = JSON.stringify(result);
  charge?.({ bytes: text.length });
  return reply
    .code(head.status === 405 ? 405 : statusOf(result, chosen))
    .type(`${chosen.mediaType}; charset=utf-8`)
    .send(toBody(text));
}

function setHeaders(
  reply: FastifyReply,
  { status, headers }: GraphQLResponse['http'],
  result: FormattedExecutionResult,
): void {
  if (status === 405) reply.header('allow', 'POST');
  const cacheControl = headers.get('cache-control');
  if (cacheControl !== undefined) reply.header('cache-control', cacheControl);
  const retryAfter = retryAfterOf(result);
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
}
