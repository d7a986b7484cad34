import { HeaderMap, type GraphQLResponse, type HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import { isErrorCode } from '../../../errors/catalogue.js';
import { Refusal } from '../../../errors/refusal.js';
import { maskedError } from '../../../graphql/operations/mask-errors.js';
import {
  createAbortSignal,
  refusedWorkFactor,
  watchResponse,
  type Charge,
  type ServedContext,
} from '../../../graphql/operations/served-context.js';
import { writeResult } from '../../../graphql/operations/write-result.js';
import { chooseEncoding, compress, fewestBytes, type Encoding } from './content-encoding.js';
import { admitRequest, countRefusals } from './counted-requests.js';
import type { GraphQLOptions, Page } from './graphql-options.js';
import {
  checkContentType,
  isBare,
  readAddress,
  readBody,
  type GraphQLParameters,
} from './graphql-parameters.js';
import { measureResult } from './operation-meter.js';
import {
  noStream,
  sendStream,
  streamOf,
  streamOnly,
  type OperationStream,
} from './operation-stream.js';
import {
  chooseStreamForm,
  isCausedByCaller,
  negotiate,
  partialSuccess,
  prefersPage,
  retryAfterOf,
  statusOf,
} from './response-form.js';

/** The engine only needs to know that a GET must not run a mutation. */
const methods: Readonly<Record<string, HTTPGraphQLRequest>> = {
  GET: { method: 'GET', headers: new HeaderMap(), search: '', body: undefined },
  POST: { method: 'POST', headers: new HeaderMap(), search: '', body: undefined },
};

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

const toBody = (text: string | Buffer): string | Buffer =>
  text.length <= shortLength ? text.toString() : toBytes(text);

const toBytes = (text: string | Buffer): Buffer =>
  typeof text === 'string' ? Buffer.from(text) : text;

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
    const more = refusedWorkFactor - 1;
    return { parameters, chargeRefused: () => charge?.({ ms: ms * more, bytes: bytes * more }) };
  } finally {
    charge?.({ ms: (performance.now() - startedAt) * factor, bytes: bytes * factor });
  }
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
    countRefusals(scope, options);
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

/** Executes the operation of a request, and sends its result. */
async function respond<Context extends ServedContext>(
  {
    pipeline,
    createContext,
    limiter,
    resolveDocument,
    describeResponse,
    isCode = isErrorCode,
    meter,
    compresses = false,
    subscribe,
  }: GraphQLOptions<Context>,
  read: () => GraphQLParameters,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { accept } = request.headers;
  const form = subscribe && chooseStreamForm(accept);
  const chosen = negotiate(accept) ?? (form && streamOnly);
  if (!chosen) {
    const message = 'The response is `application/json` or `application/graphql-response+json`.';
    throw new Refusal('BAD_REQUEST', 406, { message });
  }
  const startedAt = performance.now();
  // First the context, which counts the request against its caller’s rate: a refused request need
  // not be parsed.
  const contextValue = await admitRequest(request, () =>
    createContext({
      request,
      requestId: request.id,
      watchClient: () => watchResponse(reply.raw),
    }),
  );
  const { charge } = contextValue;
  const { parameters, chargeRefused } = readCharged(request, charge, () => {
    const sent = read();
    const given = resolveDocument ? resolveDocument(sent, contextValue) : sent;
    limiter?.check(given);
    return given;
  });
  // Written out: V8 makes new hidden classes for each `{ ...parameters, http }`.
  const { query, operationName, variables, extensions, onError } = parameters;
  const http = methods[request.method];
  let stream: OperationStream | undefined;
  const { body, http: head } = await pipeline.run(
    { query, operationName, variables, extensions, onError, takesText: !form, http },
    contextValue,
    subscribe &&
      (async (operation) => {
        if (!form) throw noStream();
        const signal = createAbortSignal(reply.raw);
        stream = await subscribe(operation, contextValue, request, signal);
      }),
  );
  if (stream && form) return sendStream(reply, stream, form);
  if (body.kind !== 'single') throw new Error('An incremental response was not requested.');
  const { singleResult } = body;
  const result = singleResult.errors ? onlyCoded(singleResult, request.id, isCode) : singleResult;
  if (isCausedByCaller(result)) chargeRefused();
  if (meter) measureResult(meter, result, startedAt);
  setHeaders(reply, head, result);
  if (form && chosen === streamOnly && result.data !== undefined)
    return sendStream(reply, streamOf(result), form);
  const text = writeResult(result);
  charge?.({ bytes: text.length });
  const status = statusOf(result, chosen, head.status);
  // Node has no text for it. HTTP/2 has none at all.
  if (status === partialSuccess && request.raw.httpVersionMajor === 1)
    reply.raw.statusMessage = 'Partial Success';
  if (compresses) varyBy(reply, 'Accept-Encoding');
  const described = describeResponse?.(request, { status, text: text.toString() });
  if (described) reply.headers(await described);
  const encoding =
    compresses && text.length > fewestBytes
      ? chooseEncoding(request.headers['accept-encoding'])
      : undefined;
  return reply
    .code(status)
    .type(`${chosen.mediaType}; charset=utf-8`)
    .send(encoding ? await compressInto(reply, text, { encoding, charge }) : toBody(text));
}

/** Compresses a body, and says so in the head. */
function compressInto(
  reply: FastifyReply,
  text: string | Buffer,
  { encoding, charge }: { readonly encoding: Encoding; readonly charge: Charge | undefined },
): Buffer | Promise<Buffer> {
  reply.header('content-encoding', encoding);
  return compress(toBytes(text), encoding, charge);
}

/** Caches must not mix the forms of a response. */
function varyBy(reply: FastifyReply, names: string): void {
  reply.header('vary', `${String(reply.getHeader('vary'))}, ${names}`);
}

/** Pages of an allowed origin may read the header. */
function exposeTo(reply: FastifyReply, name: string): void {
  const exposed = reply.getHeader('access-control-expose-headers');
  if (exposed !== undefined && name !== 'cache-control')
    reply.header('access-control-expose-headers', `${String(exposed)}, ${name}`);
}

function setHeaders(
  reply: FastifyReply,
  { status, headers }: GraphQLResponse['http'],
  result: FormattedExecutionResult,
): void {
  if (status === 405) reply.header('allow', 'POST');
  for (const [name, value] of headers)
    if (name === 'vary') varyBy(reply, value);
    else exposeTo(reply.header(name, value), name);
  const retryAfter = retryAfterOf(result);
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
}
