import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf, type ConnectionLimits } from '../limits/index.js';

/** A connection, and whether the server works for it. */
interface Connection {
  readonly socket: Socket;
  readonly network: Network;
  /** Operations that run for it. While there are none, the server waits for the client. */
  working: number;
  /** Rises with everything that the client sends or is sent: the lowest has rested longest. */
  usedAt: number;
}

/** The connections from one address of IPv4, or one network of IPv6. */
interface Network {
  readonly key: string;
  readonly connections: Set<Connection>;
}

/** Found only for a new connection when the server is full: so that it costs nothing to keep them in order. */
function findLongestResting({ connections }: Network): Connection | undefined {
  let longest: Connection | undefined;
  for (const connection of connections) {
    if (connection.working > 0) continue;
    if (!longest || connection.usedAt < longest.usedAt) longest = connection;
  }
  return longest;
}

/**
 * Bounds the connections of the server, and of one network. When it is full, a new connection takes the place of the one
 * that has rested longest, of the network that has most: so nobody can shut others out with connections that do nothing.
 * A connection on which an operation runs is never closed; a new one for which there is no place is closed without a
 * response, since to write to somebody who may not read costs what the limit is to save.
 */
export function useConnectionCaps(
  http: FastifyInstance,
  {
    connections,
    connectionsPerAddress,
  }: Pick<ConnectionLimits, 'connections' | 'connectionsPerAddress'>,
): void {
  // Counted here: a worker of node:cluster hands what comes beyond `server.maxConnections` back to its primary, which
  // hands it to the next, and that for ever where all are full.
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
      // Its place is free at once; its `close` comes later, and changes nothing any more.
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
  // One whose request has just come is not the one that has rested longest.
  http.server.on('request', ({ socket }: { readonly socket: CountedSocket }) => {
    const connection = socket[counted];
    if (connection) connection.usedAt = time += 1;
  });
  // By now the body is there: a client that sends it slowly has not been worked for.
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

/** Kept with the socket and the request: to look them up for each request takes longer. */
const counted = Symbol('connection');
const isWorkedFor = Symbol('is worked for');

interface CountedSocket extends Socket {
  [counted]?: Connection;
}

interface WorkedRequest extends IncomingMessage {
  [isWorkedFor]?: boolean;
}

/**
 * Cuts a client that has not taken its whole answer in time. It is the whole answer and not a pause that counts: who
 * takes a byte a second never pauses.
 */
export function useReadingTimeout(
  http: FastifyInstance,
  { readingMs }: Pick<ConnectionLimits, 'readingMs'>,
): void {
  http.addHook('onSend', ({ id, log }, { raw }, _payload, done) => {
    // One that has gone already takes nothing, and its connection ends once only.
    if (raw.destroyed) return done();
    const cut = setTimeout(() => {
      log.warn({ requestId: id, readingMs }, 'answer not taken in time');
      raw.destroy();
    }, readingMs);
    raw.once('close', () => clearTimeout(cut));
    done();
  });
}
