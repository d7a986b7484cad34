import type { FastifyInstance } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants, createServer, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { Refusal } from '../../../errors/refusal.js';
import type { ConnectionCaps } from './connection-limits.js';
import { Http2Request, Http2Response, noteSocket } from './http2-messages.js';
import type { NetworkBudget } from './limit-requests.js';
import { OverheadWatch } from './watch-overhead.js';

/** The times and sizes that the server has for HTTP/1.1 too. */
export interface Http2Limits {
  readonly headerBytes: number;
  /** How long a new connection may be without a request. */
  readonly headersMs: number;
  /** How long a client may take for a whole request. */
  readonly requestMs: number;
  /** How long a connection may be without a request. */
  readonly idleMs: number;
}

/** Speaks HTTP/2 on connections, and hands the requests to an HTTP server. */
export interface Http2Sessions {
  accept(socket: Socket): void;
  /** Lets the requests in flight end, and cuts off what does not end in time. */
  close(ms: number): void;
}

type Session = ServerHttp2Session<
  typeof IncomingMessage,
  typeof ServerResponse,
  typeof Http2Request,
  typeof Http2Response
>;

/** Requests of one connection at a time. Browsers send no more. */
const streamsPerSession = 100;
/** Mistakes of a client after which its connection is closed. */
const mistakesPerSession = 100;
/** Headers of a request, with those that begin with a colon. */
const headersPerRequest = 100;

/**
 * Each request is routed as those by HTTP/1.1 are. A stream that has no place is refused so that
 * the client may send it again (RFC 9113, 8.7).
 */
export function openHttp2(
  http: FastifyInstance,
  caps: ConnectionCaps,
  budget: NetworkBudget,
  { headerBytes, headersMs, requestMs, idleMs }: Http2Limits,
): Http2Sessions {
  useHeaderLimit(http, headerBytes);
  const sessions = new Set<Session>();
  const overhead = new OverheadWatch(budget);
  const bodyLimit = http.initialConfig.bodyLimit ?? 0;
  const server = createServer({
    Http2ServerRequest: Http2Request,
    Http2ServerResponse: Http2Response,
    maxHeaderListPairs: headersPerRequest,
    maxSessionInvalidFrames: mistakesPerSession,
    maxSessionRejectedStreams: mistakesPerSession,
    settings: { maxConcurrentStreams: streamsPerSession, maxHeaderListSize: headerBytes },
  });
  server.on('request', (request, response) => {
    const { stream } = request;
    // Its session has ended before Node emitted it.
    if (stream.destroyed) return;
    if (!caps.addStream(request)) {
      stream.close(constants.NGHTTP2_REFUSED_STREAM);
      return;
    }
    if (!stream.endAfterHeaders) {
      const late = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), requestMs);
      const end = () => clearTimeout(late);
      request.once('end', end);
      stream.once('close', end);
    }
    http.server.emit('request', request, response);
  });
  const open = (session: Session, socket: Socket): void => {
    noteSocket(session, socket);
    sessions.add(session);
    closeWhenIdle(session, headersMs, idleMs);
    session.once('close', () => sessions.delete(session));
    const allow = overhead.add(socket, () =>
      session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM),
    );
    session.on('stream', (stream, { 'content-length': length }) => {
      const bytes = headerBytes + Math.min(Number(length) || 0, bodyLimit);
      allow(bytes);
      // A body that is not as long as announced ends so.
      stream.once('close', () => stream.rstCode === constants.NGHTTP2_NO_ERROR || allow(-bytes));
    });
  };
  return {
    accept(socket) {
      if (!caps.addConnection(socket)) {
        socket.destroy();
        return;
      }
      server.once('session', (session) => open(session, socket));
      server.emit('connection', socket);
    },
    close(ms) {
      overhead[Symbol.dispose]();
      // The client is told, and sends the next requests on a new connection.
      for (const session of sessions) session.close();
      const timer = setTimeout(() => {
        for (const session of sessions) session.destroy();
      }, ms);
      timer.unref();
    },
  };
}

/** A client does not know the limit of its connection before it has read the first frame. */
function useHeaderLimit(http: FastifyInstance, headerBytes: number): void {
  http.addHook('onRequest', ({ raw: { httpVersionMajor, rawHeaders } }, _reply, done) => {
    if (httpVersionMajor < 2) return done();
    let bytes = 0;
    for (const text of rawHeaders) bytes += text.length;
    if (bytes <= headerBytes) return done();
    const message = 'The headers are larger than the limits allow.';
    done(new Refusal('REQUEST_TOO_LARGE', 431, { message }));
  });
}

/** Closes a connection without requests. Pings do not keep it open. */
function closeWhenIdle(session: Session, firstMs: number, idleMs: number): void {
  let streams = 0;
  const close = () => session.close();
  let timer = setTimeout(close, firstMs);
  session.on('stream', (stream) => {
    streams += 1;
    clearTimeout(timer);
    stream.once('close', () => {
      streams -= 1;
      if (streams === 0 && !session.closed) timer = setTimeout(close, idleMs);
    });
  });
  session.once('close', () => clearTimeout(timer));
}
