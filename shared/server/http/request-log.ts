import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ServedContext } from '../../graphql/operations/served-context.js';
import { roleOf } from '../../identity/reader.js';

/** What the log has about a request’s caller, never the person. */
interface CallerNote {
  readonly organisation: string | undefined;
  readonly role: string | undefined;
  /** The name of the operation. */
  readonly operation: string | undefined;
}

const contextKey = Symbol('context');
const countedKey = Symbol('counted');

/**
 * A property and not a `WeakMap`: with an entry for each request, garbage collection took a
 * twentieth of a small request.
 */
interface NotedRequest extends IncomingMessage {
  [contextKey]?: ServedContext;
  [countedKey]?: true;
}

/** Stores what is known about a request, for the log. */
export function noteContext(request: IncomingMessage, context: ServedContext): void {
  (request as NotedRequest)[contextKey] = context;
}

/** Whether a request has a caller: it was counted, or is from the hub. */
export const isAdmitted = (request: IncomingMessage): boolean =>
  (request as NotedRequest)[contextKey] !== undefined;

/** Notes that a request was counted against its caller’s rate, or is about to be. */
export function noteCounted(request: IncomingMessage): void {
  (request as NotedRequest)[countedKey] = true;
}

export const isCounted = (request: IncomingMessage): boolean =>
  (request as NotedRequest)[countedKey] === true;

/** The caller of a request, and its operation. */
function readCaller(request: IncomingMessage): CallerNote {
  const { reader, operationName } = (request as NotedRequest)[contextKey] ?? {};
  const caller = reader && reader.kind !== 'anonymous' ? reader : undefined;
  return {
    organisation: caller?.organisation,
    role: caller && roleOf(caller),
    operation: operationName ?? undefined,
  };
}

/** The form of a foreign id that may be used in our log and responses. */
const wellFormed = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,63}$/;

/**
 * The request id of the client or a proxy (`x-request-id`) if it is well-formed, and otherwise a
 * new one.
 */
export function readRequestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && wellFormed.test(given) ? given : randomUUID();
}

/** nginx’s status for a client that disconnected before the response. */
const clientClosedRequest = 499;
/** The levels at which requests are logged. */
const logged: readonly string[] = ['info', 'debug', 'trace'];

/**
 * Logs each request at its end: id, method, path, status, duration, the caller’s organisation and
 * role, and the name of the operation. The path is the route’s, so that name is the only text of
 * the client in the log.
 */
export function useRequestLog(http: FastifyInstance): void {
  http.addHook('onRequest', (request, reply, done) => {
    if (!logged.includes(request.log.level)) return done();
    const startedAt = performance.now();
    reply.raw.once('close', () => {
      const status = reply.raw.writableFinished ? reply.raw.statusCode : clientClosedRequest;
      const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
      const path = request.routeOptions.url ?? 'unknown';
      const { id: requestId, method } = request;
      const { organisation, role, operation } = readCaller(request.raw);
      // What is undefined is not written. Nothing is copied by `...`, which costs as much as the rest.
      const about = { requestId, method, path, status, durationMs, organisation, role, operation };
      request.log.info(about, 'request');
    });
    done();
  });
}
