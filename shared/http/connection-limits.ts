import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf, type ConnectionLimits } from '../limits/index.js';

/** A connection, and the operations on it. */
interface Connection {
  readonly socket: Socket;
  readonly network: Network;
  /** The number of running operations. If it is 0, the server waits for the client. */
  working: number;
  /** Increases whenever data is received or sent. The lowest value has been idle longest. */
  usedAt: number;
}

/** The connections from one IPv4 address, or one IPv6 network. */
interface Network {
  readonly key: string;
  readonly connections: Set<Connection>;
}

/** Searched only when the server is full, so that no order has to be maintained. */
function findLongestResting({ connections }: Network): Connection | undefined {
  let longest: Connection | undefined;
  for (const connection of connections) {
    if (connection.working > 0) continue;
    if (!longest || connection.usedAt < longest.usedAt) longest = connection;
  }
  return longest;
}

/**
 * Limits the connections of the server and of one network. When the server is full, a new
 * connection replaces the longest idle one of the network that has most, so that idle connections
 * cannot shut others out. A connection with a running operation is never closed. If there is no
 * place, the new one is closed without a response, because writing to a client that may not read
 * would cost what the limit saves.
 */
export function useConnectionCaps(
  http: FastifyInstance,
  {
    connections,
    connectionsPerAddress,
  }: Pick<ConnectionLimits, 'connections' | 'connectionsPerAddress'>,
): void {
  // Counted here, because with `server.maxConnections` a node:cluster worker passes the connection
  // back to its primary, which passes it to the next worker, forever if all are full.
  const networks = new Map<string, Network>();
  let open = 0;
  let time = 0;
  const release = (connection: Connection): void => {
    const { network } = connection;
    if (!network.connections.delete(connection)) return;
    open -= 1;
    if (network.connections.size === 0) networks.delete(network.key);
  };
  const findFull = (network: Network): Network | undefined => {
    if (network.connections.size >= connectionsPerAddress) return network;
    if (open < connections) return undefined;
    return [...networks.values()].reduce((most, one) =>
      one.connections.size > most.connections.size ? one : most,
    );
  };
  http.server.on('connection', (socket) => {
    const key = networkOf(socket.remoteAddress ?? 'unknown');
    const network = networks.get(key) ?? { key, connections: new Set() };
    const full = findFull(network);
    if (full) {
      const longest = findLongestResting(full);
      if (!longest) {
        socket.destroy();
        return;
      }
      // Its place is free at once. Its `close` event comes later and changes nothing.
      release(longest);
      longest.socket.destroy();
    }
    networks.set(key, network);
    open += 1;
    const connection: Connection = { socket, network, working: 0, usedAt: (time += 1) };
    network.connections.add(connection);
    (socket as CountedSocket)[counted] = connection;
    socket.once('close', () => release(connection));
  });
  // A connection that has just sent a request has not been idle longest.
  http.server.on('request', ({ socket }: { readonly socket: CountedSocket }) => {
    const connection = socket[counted];
    if (connection) connection.usedAt = time += 1;
  });
  // The body has arrived by now. A client that sends its body slowly counts as idle.
  http.addHook('preHandler', ({ raw }, _reply, done) => {
    const connection = (raw.socket as CountedSocket)[counted];
    if (connection) {
      (raw as WorkedRequest)[isWorkedFor] = true;
      connection.working += 1;
    }
    done();
  });
  http.addHook('onSend', ({ raw }, _reply, _payload, done) => {
    const connection = (raw.socket as CountedSocket)[counted];
    if (connection && (raw as WorkedRequest)[isWorkedFor]) {
      (raw as WorkedRequest)[isWorkedFor] = false;
      connection.working -= 1;
      connection.usedAt = time += 1;
    }
    done();
  });
}

/** Properties of the socket and the request, because a look-up for each request takes longer. */
const counted = Symbol('connection');
const isWorkedFor = Symbol('is worked for');

interface CountedSocket extends Socket {
  [counted]?: Connection;
}

interface WorkedRequest extends IncomingMessage {
  [isWorkedFor]?: boolean;
}

/**
 * Cuts off a client that has not read its whole response in time. The time for the whole response
 * counts and not a pause: a client that reads a byte a second never pauses.
 */
export function useReadingTimeout(
  http: FastifyInstance,
  { readingMs }: Pick<ConnectionLimits, 'readingMs'>,
): void {
  http.addHook('onSend', ({ id, log }, { raw }, _payload, done) => {
    // If the client has disconnected, nothing is read, and the connection closes only once.
    if (raw.destroyed) return done();
    const cut = setTimeout(() => {
      log.warn({ requestId: id, readingMs }, 'response not read in time');
      raw.destroy();
    }, readingMs);
    raw.once('close', () => clearTimeout(cut));
    done();
  });
}
