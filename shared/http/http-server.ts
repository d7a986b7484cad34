import cors from '@fastify/cors';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
} from 'fastify';
import type { Socket } from 'node:net';
import { defaultLimits, type ConnectionLimits } from '../limits/index.js';
import { silentLogger, type Logger } from '../telemetry/index.js';
import { useConnectionCaps, useReadingTimeout } from './connection-limits.js';
import { defaultDrain, useDrain, type Drain } from './drain.js';
import { refuseConnection, sendFailure, sendNoSuchPath } from './http-errors.js';
import { readRequestId } from './request-id.js';
import { useRequestLog } from './request-log.js';
import { useSingleHeaders } from './single-headers.js';
import { useWaitingBytes } from './waiting-bytes.js';

/** What a request to such a server is answered with. */
export type HttpReply = FastifyReply;

export interface HttpServerOptions {
  readonly logger: Logger;
  /** Origins whose pages may ask and read the answers. @default none but the server’s own */
  readonly allowedOrigins?: readonly string[];
  /** What one client may take. @default `defaultLimits` */
  readonly limits?: ConnectionLimits;
  /** Addresses of proxies whose `X-Forwarded-For` is believed: `request.ip` is then their client’s. @default none */
  readonly trustedProxies?: readonly string[];
  /** Asked when the server is closed, since how it is to close may be known only then. @default `defaultDrain` */
  readonly drain?: () => Drain;
}

const maxHeaderBytes = 16 * 1024;
/** A client has this long to send its headers, and its whole request. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
/** Longer than proxies and the pools of our own clients keep a connection, so that it is they who close it. */
const keepAliveMs = 72_000;

/** A port that could not be listened on; the message is for whoever started the server. */
export class ListenError extends Error {
  override readonly name = 'ListenError';

  constructor(
    message: string,
    /** The system’s own code: `EADDRINUSE`. */
    readonly code: string,
    options: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Tells a response that waits behind another of its connection when that ends: node tells it to the one that is being
 * written alone, and all that is held for the others until then would be held for good.
 */
function useQueueEnd(http: FastifyInstance): void {
  http.addHook('onRequest', ({ raw: { socket } }, { raw }, done) => {
    if (!raw.socket) {
      const end = () => {
        raw.destroy();
        raw.emit('close');
      };
      // As many may wait as the client has sent.
      socket.setMaxListeners(0);
      socket.once('close', end);
      raw.once('socket', () => socket.off('close', end));
    }
    done();
  });
}

/** Headers of every answer. An answer about people is nobody’s to keep unless it says so itself. */
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

/**
 * Makes an HTTP server without routes: request ids, logs, limits, coded errors on every road, and a graceful close.
 * `close()` waits for what is under way, but not longer than `drain` says.
 */
export async function createHttpServer({
  logger,
  allowedOrigins = [],
  limits = defaultLimits,
  trustedProxies = [],
  drain = () => defaultDrain,
}: HttpServerOptions): Promise<FastifyInstance> {
  const http: FastifyInstance = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // One for each request would cost as much as to read it: what is logged names its request itself.
    childLoggerFactory: (parent, _bindings, { level }) =>
      level === 'silent' ? (silentLogger as FastifyBaseLogger) : parent,
    genReqId: readRequestId,
    requestIdHeader: false,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    bodyLimit: limits.bodyBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveMs,
    http: {
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: headersTimeoutMs,
      connectionsCheckingInterval: 1_000,
      // Node would refuse such a request with an empty body.
      requireHostHeader: false,
    },
    // What arrives while closing is still answered; its connection ends with the answer.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => void sendFailure(error, request, reply),
    clientErrorHandler: (error, socket) => refuseConnection(error, socket as Socket),
  });
  http.setErrorHandler<Error>(sendFailure);
  http.setNotFoundHandler(sendNoSuchPath);
  useQueueEnd(http);
  useConnectionCaps(http, limits);
  useReadingTimeout(http, limits);
  useWaitingBytes(http, limits);
  useDrain(http, drain);
  useRequestLog(http);
  useDefaultHeaders(http);
  useSingleHeaders(http);
  if (allowedOrigins.length > 0) {
    await http.register(cors, {
      origin: [...allowedOrigins],
      methods: ['GET', 'POST'],
      exposedHeaders: ['x-request-id', 'retry-after'],
      maxAge: 3_600,
      // It would answer in plain text.
      strictPreflight: false,
    });
  }
  return http;
}

const listenFaults: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port) => `Port ${port} is in use.`,
  EACCES: (port) => `Port ${port} may not be used by this account.`,
  EADDRNOTAVAIL: (_port, host) => `This machine has no address ${host}.`,
};

/**
 * Listens, and returns the origin. Port 0 takes a free one.
 * @throws {@link ListenError} when the port cannot be had
 */
export async function listen(
  http: FastifyInstance,
  port: number,
  host = '127.0.0.1',
): Promise<string> {
  try {
    return await http.listen({ port, host });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const fault = listenFaults[code];
    throw fault ? new ListenError(fault(port, host), code, { cause: error }) : error;
  }
}
