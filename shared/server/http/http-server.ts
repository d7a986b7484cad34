import cors from '@fastify/cors';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Socket } from 'node:net';
import { malformed } from '../../errors/refusal.js';
import { type ConnectionLimits, defaultLimits } from '../../graphql/limits/limits.js';
import { type Logger, silentLogger } from '../../system/logger.js';
import type { ServedTls } from '../tls/open-tls.js';
import { limitBodies, useWaitingBytes } from './bodies/limit-bodies.js';
import { useConnectionCaps, useReadingTimeout } from './connections/connection-limits.js';
import { type Http2Limits, openHttp2 } from './connections/http2-sessions.js';
import {
  NetworkBudget,
  budgetPerSecond,
  limitPipelining,
  limitUncounted,
} from './connections/limit-requests.js';
import { type TlsFront, openTlsFront } from './connections/tls-front.js';
import { type Drain, defaultDrain, useDrain } from './drain.js';
import { refuseConnection, routeAsUnknown, sendFailure, sendNoSuchPath } from './http-errors.js';
import { readRequestId, useRequestLog } from './request-log.js';

/**
 * If one of these is sent twice, Node reads the first, and a proxy in front of the server may read
 * the second.
 */
const single = ['host', 'authorization', 'content-type'] as const;

/**
 * The index of a name in this list, or -1. Names of other lengths are not converted to lower case.
 */
function indexInSingle(name: string): number {
  for (let at = 0; at < single.length; at += 1) {
    const one = single[at];
    if (one?.length === name.length && one === name.toLowerCase()) return at;
  }
  return -1;
}

/**
 * The repeated header of a request, if there is one. It allocates nothing, because every request is
 * checked.
 */
function findRepeated(rawHeaders: readonly string[]): string | undefined {
  let seen = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const at = indexInSingle(rawHeaders[index] ?? '');
    if (at < 0) continue;
    if ((seen & (1 << at)) !== 0) return single[at];
    seen |= 1 << at;
  }
  return undefined;
}

/**
 * Rejects a request with one of these headers twice, and HTTP/1.1 without `Host` (RFC 9112, 3.2).
 * With HTTP/2, `:authority` is the `Host`, and both must be the same (RFC 9113, 8.3.1).
 */
function useSingleHeaders(http: FastifyInstance): void {
  http.addHook('onRequest', ({ raw: { rawHeaders, headers, httpVersion } }, _reply, done) => {
    const repeated = findRepeated(rawHeaders);
    if (repeated !== undefined) {
      done(malformed(`The header \`${repeated}\` must not be sent twice.`));
    } else if ((headers[':authority'] ?? headers.host) !== headers.host) {
      done(malformed('The headers `host` and `:authority` must be the same.'));
    } else if (headers.host === undefined && httpVersion !== '1.0') {
      done(malformed('The header `host` is required.'));
    } else done();
  });
}

export interface HttpServerOptions {
  readonly logger: Logger;
  /** Origins whose pages may send requests and read responses. @default only the server’s own */
  readonly allowedOrigins?: readonly string[];
  /** Limits of one client. @default `defaultLimits` */
  readonly limits?: ConnectionLimits;
  /**
   * Addresses of proxies whose `X-Forwarded-For` is trusted: `request.ip` is then their client’s.
   * @default none
   */
  readonly trustedProxies?: readonly string[];
  /**
   * Called at shutdown, because only then it may be known how to shut down. @default `defaultDrain`
   */
  readonly drain?: () => Drain;
  /** What it presents to its clients. @default it speaks plain HTTP */
  readonly tls?: ServedTls | undefined;
  /** Speaks HTTP/2 too, with clients that prefer it and over TLS. @default false */
  readonly http2?: boolean;
  /** What networks may send that is counted for no caller. @default by `limits` */
  readonly budget?: NetworkBudget | undefined;
}

const maxHeaderBytes = 16 * 1024;
/** How long a client may take for its headers and its whole request. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
/** Longer than proxies and our own clients keep an idle connection, so that they close it first. */
const keepAliveMs = 72_000;
const http2Limits: Http2Limits = {
  headerBytes: maxHeaderBytes,
  headersMs: headersTimeoutMs,
  requestMs: requestTimeoutMs,
  idleMs: keepAliveMs,
};

/** A port that could not be listened on. The message is for the operator. */
export class ListenError extends Error {
  override readonly name = 'ListenError';

  constructor(
    message: string,
    /** The system’s code: `EADDRINUSE`. */
    readonly code: string,
    options: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Notifies pipelined responses when their connection closes. Node notifies only the one that is
 * being written, and resources of the others would never be released.
 */
function useQueueEnd(http: FastifyInstance): void {
  http.addHook('onRequest', ({ raw: { socket } }, { raw }, done) => {
    if (!raw.socket) {
      const end = () => {
        raw.destroy();
        raw.emit('close');
      };
      // Node would warn of a leak, since pipelined requests share the socket.
      socket.setMaxListeners(0);
      socket.once('close', end);
      raw.once('socket', () => socket.off('close', end));
    }
    done();
  });
}

/**
 * Executes nothing for a client that disconnected while its request was read. The system may have
 * forgotten its address by then, and without an address nobody’s rate is counted.
 */
function dropAbandoned(http: FastifyInstance): void {
  http.addHook('preHandler', ({ raw: { socket } }, reply, done) => {
    if (reply.raw.destroyed || socket.destroyed || socket.remoteAddress === undefined)
      reply.hijack();
    else done();
  });
}

/**
 * Leaves it to the routes to parse their bodies. Otherwise those of unknown paths would be parsed
 * too, and nobody’s rate pays for that.
 */
function readBodiesAsBytes(http: FastifyInstance): void {
  http.removeAllContentTypeParsers();
  http.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body.length > 0 ? body : undefined),
  );
}

/**
 * Default headers of every response. Responses about people must not be cached unless they allow it
 * themselves.
 */
function useDefaultHeaders(http: FastifyInstance): void {
  http.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      'cache-control': 'no-store',
      vary: 'Accept',
      'x-content-type-options': 'nosniff',
      'x-request-id': request.id,
    });
    done();
  });
}

const refuseSchemas = () => () => {
  throw new Error('The routes of these servers have no schemas.');
};

/** More connections than usual mean that many clients are behind one address. */
const weightFor = ({ connectionsPerAddress }: ConnectionLimits): number =>
  Math.min(1, defaultLimits.connectionsPerAddress / connectionsPerAddress);

/** The servers that speak TLS. */
const fronts = new WeakMap<FastifyInstance, TlsFront>();

/**
 * Creates an HTTP server without routes: request ids, logs, limits, errors with codes, and a
 * graceful shutdown. `close()` waits for requests in flight, but not longer than `drain` allows.
 */
export async function createHttpServer({
  logger,
  allowedOrigins = [],
  limits = defaultLimits,
  trustedProxies = [],
  drain = () => defaultDrain,
  tls,
  http2 = false,
  budget = new NetworkBudget(weightFor(limits)),
}: HttpServerOptions): Promise<FastifyInstance> {
  const http: FastifyInstance = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger for each request would cost as much as parsing it. Log lines name their request
    // themselves.
    childLoggerFactory: (parent, _bindings, { level }) =>
      level === 'silent' ? (silentLogger as FastifyBaseLogger) : parent,
    genReqId: readRequestId,
    // Loading Fastify’s own compilers of schemas would take a quarter of a second of each start.
    schemaController: {
      compilersFactory: { buildValidator: refuseSchemas, buildSerializer: refuseSchemas },
    },
    requestIdHeader: false,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    bodyLimit: limits.bodyBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveMs,
    http: {
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: headersTimeoutMs,
      connectionsCheckingInterval: 1_000,
      // Node would reject such a request with an empty body.
      requireHostHeader: false,
    },
    // A request that arrives during shutdown is still served, and then its connection closes.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => routeAsUnknown(http, error, request.raw, reply.raw),
    clientErrorHandler: (error, socket) => refuseConnection(error, socket as Socket),
  });
  http.setErrorHandler<Error>(sendFailure);
  http.setNotFoundHandler(sendNoSuchPath);
  readBodiesAsBytes(http);
  useQueueEnd(http);
  dropAbandoned(http);
  // Before the connection counts as idle, and may be closed.
  limitUncounted(http, budget);
  const caps = useConnectionCaps(http, limits, budget);
  budget.onSpent = (address) =>
    logger.warn({ address }, 'network refused: it sends too much that is counted for no caller');
  useReadingTimeout(http, limits);
  const waiting = useWaitingBytes(http, limits);
  useDrain(http, drain);
  limitPipelining(http, ({ remoteAddress: address }) => {
    // A network that goes on has no further lines in the log.
    if (budget.take(address, budgetPerSecond)) caps.dropResting(address);
    else logger.warn({ address }, 'connection closed: too many requests without their responses');
  });
  useRequestLog(http);
  useDefaultHeaders(http);
  // Before any refusal that would read the rest of a body.
  limitBodies(http, { budget, caps, waiting });
  useSingleHeaders(http);
  if (tls) {
    const sessions = http2 ? openHttp2(http, caps, budget, http2Limits) : undefined;
    const served = { served: tls, limits, logger, drain, budget, http2: sessions };
    const front = openTlsFront(http, served);
    fronts.set(http, front);
  }
  if (allowedOrigins.length > 0) {
    await http.register(cors, {
      origin: [...allowedOrigins],
      methods: ['GET', 'POST'],
      exposedHeaders: ['x-request-id', 'retry-after'],
      maxAge: 3_600,
      // Otherwise the reply would be plain text.
      strictPreflight: false,
    });
  }
  return http;
}

const listenErrors: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port) => `Port ${port} is in use.`,
  EACCES: (port) => `Port ${port} may not be used by this account.`,
  EADDRNOTAVAIL: (_port, host) => `This machine has no address ${host}.`,
};

/**
 * Listens, and returns the origin. Port 0 takes a free one.
 * @throws {@link ListenError} if the port cannot be used
 */
export async function listen(
  http: FastifyInstance,
  port: number,
  host = '127.0.0.1',
): Promise<string> {
  try {
    return await (fronts.get(http)?.listen(port, host) ?? http.listen({ port, host }));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const describe = listenErrors[code];
    throw describe ? new ListenError(describe(port, host), code, { cause: error }) : error;
  }
}
