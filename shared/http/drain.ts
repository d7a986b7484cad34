import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';

/** How a server closes. */
export interface Drain {
  /** How long requests that are under way may take before they are cut, in ms. */
  readonly ms: number;
  /**
   * How long a connection without a request is kept, in ms. A request that comes on it meanwhile gets its response, and
   * ends it: for clients who find another server at the same address, and are not to meet a closed connection. So it is
   * longer than `toldIdleMs`. @default 0
   */
  readonly idleMs?: number;
}

/** Connections that rest are closed at once, and what is under way has 8 s. */
export const defaultDrain: Drain = { ms: 8_000 };

/** How long clients are told that they may keep an idle connection. Some know better: they are closed much later. */
export const toldIdleMs = 20_000;

interface Connection {
  /** Requests that are not wholly read, and responses that are not wholly written. */
  open: number;
  /** What had come when the last of them was over: more is the next request. */
  bytesRead?: number;
}

/** On closing, ends each connection with the response that is under way on it, and cuts what is not over in time. */
export function useDrain(http: FastifyInstance, drain: () => Drain): void {
  const { server } = http;
  const connections = new Map<Socket, Connection>();
  let closing: Drain | undefined;
  // Node would also cut a response that has ended and is not yet written, because its client reads slowly.
  server.closeIdleConnections = () => undefined;
  const closeWhereIdle = (socket: Socket): void => {
    const isIdle = () => {
      const { open, bytesRead } = connections.get(socket) ?? { open: 0 };
      return open === 0 && bytesRead === socket.bytesRead;
    };
    if (isIdle()) setTimeout(() => isIdle() && socket.destroy(), closing?.idleMs ?? 0).unref();
  };
  server.on('connection', (socket) => {
    connections.set(socket, { open: 0 });
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', (request, response) => {
    const { socket } = request;
    const connection = connections.get(socket);
    if (!connection) return;
    connection.open += 2;
    const end = () => {
      connection.open -= 1;
      if (connection.open > 0) return;
      connection.bytesRead = socket.bytesRead;
      // The headers of its last response may have been sent before the server began to close.
      if (closing) closeWhereIdle(socket);
    };
    request.once('close', end);
    response.once('close', end);
  });
  http.addHook('preClose', (done) => {
    closing = drain();
    const timer = setTimeout(() => server.closeAllConnections(), closing.ms);
    server.once('close', () => clearTimeout(timer));
    for (const socket of connections.keys()) closeWhereIdle(socket);
    done();
  });
  http.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) reply.header('connection', 'close');
    else reply.header('keep-alive', `timeout=${toldIdleMs / 1_000}`);
    done();
  });
}
