import type { FastifyInstance } from 'fastify';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * The most requests that a connection of HTTP/1.1 may have without their responses. Browsers and
 * common clients send one at a time.
 */
const mostUnanswered = 8;

/** A property of the socket, because a look-up for each request takes longer. */
const unanswered = Symbol('unanswered');

interface CountedSocket extends Socket {
  [unanswered]?: number;
}

/**
 * Cuts off a client that sends request after request without waiting for responses. Node reads them
 * all at once, thousands in one part of 64 KiB, and serves nobody else meanwhile.
 * @param onCut called for the connection, which is closed already
 */
export function limitPipelining(http: FastifyInstance, onCut: (socket: Socket) => void): void {
  const { server } = http;
  const serve = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // HTTP/2 bounds its streams itself.
    if (request.httpVersionMajor < 2) {
      const socket: CountedSocket = request.socket;
      // The rest of the part of which a request was too many.
      if (socket.destroyed) return;
      const count = (socket[unanswered] ?? 0) + 1;
      if (count > mostUnanswered) {
        socket.destroy();
        onCut(socket);
        return;
      }
      socket[unanswered] = count;
      response.once('close', () => (socket[unanswered] = (socket[unanswered] ?? 1) - 1));
    }
    for (const listener of serve) listener.call(server, request, response);
  });
}
