import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { catalogue, type ErrorCode } from '../../errors/catalogue.js';
import { HubError } from '../../errors/hub-error.js';
import { Refusal, RefusedBatch } from '../../errors/refusal.js';
import { describeError, maskedError } from '../../graphql/operations/mask-errors.js';
import { isRefusalReason, refusalHeader } from '../../identity/refusal-reason.js';
import { isSendingLong, sendBeforeBody } from './bodies/refuse-body.js';
import { negotiate } from './operations/response-form.js';

interface Failure {
  readonly status: number;
  readonly error: GraphQLFormattedError;
  /** True if only the log says what happened. @default false */
  readonly isUnexpected?: boolean;
}

function describe(
  code: ErrorCode,
  status: number = catalogue[code].status,
  message?: string,
): Failure {
  return { status, error: { message: message ?? catalogue[code].message, extensions: { code } } };
}

/** The error for a request that failed outside GraphQL. */
export function toFailure(error: FastifyError | Error, { id }: FastifyRequest): Failure {
  if (error instanceof HubError && error.code !== 'INTERNAL_SERVER_ERROR') {
    const status = error instanceof Refusal ? error.status : catalogue[error.code].status;
    return { status, error: { message: error.message, extensions: { ...error.extensions } } };
  }
  // Anything can be thrown.
  const status = (error as Partial<FastifyError> | undefined)?.statusCode ?? 500;
  if (status === 413) return describe('REQUEST_TOO_LARGE');
  if (status >= 400 && status < 500) return describe('BAD_REQUEST', status);
  return { status: 500, error: maskedError(id), isUnexpected: true };
}

/** Whether a stream ended because its client disconnected. */
const isCutOff = (error: Error): boolean =>
  'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** Sends one error, in a media type that the client accepts. */
export function sendFailure(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const failure = toFailure(error, request);
  const isAbandoned = reply.raw.destroyed && isCutOff(error);
  if (failure.isUnexpected && !isAbandoned) {
    const described = describeError(error);
    request.log.error({ requestId: request.id, error: described }, 'unexpected error');
  }
  const { mediaType } = negotiate(request.headers.accept) ?? { mediaType: 'application/json' };
  // RFC 9110, 11.6.1: a 401 names the authentication scheme.
  if (failure.status === 401) reply.header('www-authenticate', 'Bearer');
  const { retryAfter, reason } = failure.error.extensions ?? {};
  if (isRefusalReason(reason)) reply.header(refusalHeader, reason);
  if (typeof retryAfter === 'number') reply.header('retry-after', retryAfter);
  const { status } = failure;
  const result = { errors: [failure.error] };
  const count = error instanceof RefusedBatch ? error.count : undefined;
  const body = JSON.stringify(count === undefined ? result : Array(count).fill(result));
  reply.type(`${mediaType}; charset=utf-8`);
  if (isSendingLong(request)) return sendBeforeBody(request, reply, { status, body });
  return reply.code(status).send(body);
}

/** No route has this path. */
const unknownPath = '/no-such-path';
const routingError = Symbol('routing error');

interface Routed extends IncomingMessage {
  [routingError]?: Error;
}

const routingMessages: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'The path is not encoded as RFC 3986 says.',
  FST_ERR_MAX_PARAM_LENGTH: 'A part of the path is too long.',
};

/**
 * Routes a request to an unknown path, where this error refuses it. Fastify calls no hooks for a path
 * that it cannot decode, or with a parameter that is too long, so that no limit would apply.
 */
export function routeAsUnknown(
  http: FastifyInstance,
  { code, statusCode, message }: FastifyError,
  request: Routed,
  response: ServerResponse,
): void {
  const details = { message: routingMessages[code] ?? message };
  request[routingError] = new Refusal('BAD_REQUEST', statusCode, details);
  request.url = unknownPath;
  http.routing(request, response);
}

/** Sends the error for an unknown path. */
export function sendNoSuchPath(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { [routingError]: error }: Routed = request.raw;
  const message = 'This path does not exist.';
  return sendFailure(error ?? new HubError('NOT_FOUND', { message }), request, reply);
}

const parserFailures: Readonly<Record<string, Failure>> = {
  ERR_HTTP_REQUEST_TIMEOUT: describe('BAD_REQUEST', 408, 'The request took too long to arrive.'),
  HPE_HEADER_OVERFLOW: describe(
    'REQUEST_TOO_LARGE',
    431,
    'The headers are larger than the limits allow.',
  ),
};

/**
 * Sends an error for anything that is not HTTP, is too slow, or has too many headers, and closes
 * the connection.
 */
export function refuseConnection(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, error: refusal } = parserFailures[error.code ?? ''] ?? describe('BAD_REQUEST');
  const body = JSON.stringify({ errors: [refusal] });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/json; charset=utf-8',
      'Cache-Control: no-store',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
