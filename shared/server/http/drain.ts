import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';

/** How a server shuts down. */
export interface Drain {
  /** How long requests in flight may take before they are cut off, in ms. */
  readonly ms: number;
  /**
   * How long an idle connection stays open, in ms. A request that arrives meanwhile gets its
   * response, and then the connection closes. This is for clients that find another server at the
   * same address and must not meet a closed connection, so it is longer than `idleTimeoutMs`. @default
   * 0
   */
  readonly idleMs?: number;
  /** Aborted when shutting down must take no longer than `defaultDrain` any more. */
  readonly hurry?: AbortSignal;
}

/** Idle connections close at once, and requests in flight have 8 s. */
export const defaultDrain: Drain = { ms: 8_000 };

/**
 * How long clients may keep an idle connection, as the server tells them. Clients that ignore this
 * keep it longer.
 */
export const idleTimeoutMs = 20_000;

interface Connection {
  /** Requests that are not completely read, and responses that are not completely written. */
  open: number;
  /** The bytes received when the last of them ended. More bytes are the next request. */
  bytesRead?: number;
}

/**
 * On shutdown, closes each connection after its current response, and cuts off what does not end in
 * time.
 */
export function useDrain(http: FastifyInstance, drain: () => Drain): void {
  const { server } = http;
  const connections = new Map<Socket, Connection>();
  let closing: Drain | undefined;
  // Node would also close a connection whose response has ended but is not completely written to a
  // slow client.
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
      // The headers of its last response may have been sent before the shutdown began.
      if (closing) closeWhereIdle(socket);
    };
    request.once('close', end);
    response.once('close', end);
  });
  const begin = (wanted: Drain): void => {
    closing = wanted;
    const timer = setTimeout(() => server.closeAllConnections(), closing.ms);
    server.once('close', () => clearTimeout(timer));
    for (const socket of connections.keys()) closeWhereIdle(socket);
  };
  http.addHook('preClose', (done) => {
    const wanted = drain();
    begin(wanted);
    wanted.hurry?.addEventListener('abort', () => begin(defaultDrain), { once: true });
    done();
  });
  http.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) reply.header('connection', 'close');
    else reply.header('keep-alive', `timeout=${idleTimeoutMs / 1_000}`);
    done();
  });
}
