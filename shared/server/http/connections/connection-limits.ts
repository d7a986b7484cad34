import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { constants, type Http2ServerRequest } from 'node:http2';
import type { Socket } from 'node:net';
import { networkOf } from '../../../graphql/limits/caller.js';
import type { ConnectionLimits } from '../../../graphql/limits/limits.js';
import type { NetworkBudget } from './limit-requests.js';

/** What a client holds open: a connection, or a stream of HTTP/2 on one. */
interface Held {
  readonly remoteAddress?: string | undefined;
  destroy(): void;
}

/** A connection or a stream, and the operations on it. */
interface Connection {
  readonly held: Held;
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

type Caps = Pick<ConnectionLimits, 'connections' | 'connectionsPerAddress'>;

/**
 * The open connections. They are counted here, because with `server.maxConnections` a node:cluster
 * worker passes the connection back to its primary, which passes it to the next worker, forever if
 * all are full.
 */
export class Connections {
  readonly #caps: Caps;
  readonly #networks = new Map<string, Network>();
  #open = 0;
  #time = 0;

  constructor(caps: Caps) {
    this.#caps = caps;
  }

  /** Undefined if there is no place. */
  add(held: Held): Connection | undefined {
    const key = networkOf(held.remoteAddress ?? 'unknown');
    const network = this.#networks.get(key) ?? { key, connections: new Set() };
    const full = this.#findFull(network);
    if (full) {
      const longest = findLongestResting(full);
      if (!longest) return undefined;
      // Its place is free at once. Its `close` event comes later and changes nothing.
      this.release(longest);
      longest.held.destroy();
    }
    this.#networks.set(key, network);
    this.#open += 1;
    const connection: Connection = { held, network, working: 0, usedAt: 0 };
    this.use(connection);
    network.connections.add(connection);
    return connection;
  }

  /** Notes that data is received or sent. */
  use(connection: Connection): void {
    connection.usedAt = this.#time += 1;
  }

  /** Closes the connections of a network on which no operation runs. */
  dropResting(address: string | undefined): void {
    const network = this.#networks.get(networkOf(address ?? 'unknown'));
    for (const connection of network?.connections ?? [])
      if (connection.working === 0) connection.held.destroy();
  }

  release(connection: Connection): void {
    const { network } = connection;
    if (!network.connections.delete(connection)) return;
    this.#open -= 1;
    if (network.connections.size === 0) this.#networks.delete(network.key);
  }

  /** The network that must give up a connection, if there is no place for one of this network. */
  #findFull(network: Network): Network | undefined {
    if (network.connections.size >= this.#caps.connectionsPerAddress) return network;
    if (this.#open < this.#caps.connections) return undefined;
    return [...this.#networks.values()].reduce((most, one) =>
      one.connections.size > most.connections.size ? one : most,
    );
  }
}

/** Counts what is not accepted by the HTTP server itself. */
export interface ConnectionCaps {
  /** False if there is no place for the connection. */
  addConnection(socket: CountedSocket): boolean;
  /** False if there is no place for the stream of this request. */
  addStream(request: Http2ServerRequest): boolean;
  /** Closes the connections of a network on which no operation runs. */
  dropResting(address: string | undefined): void;
}

/**
 * Limits the connections of the server and of one network. When the server is full, a new
 * connection replaces the longest idle one of the network that has most, so that idle connections
 * cannot shut others out. A connection with a running operation is never closed. If there is no
 * place, the new one is closed without a response, because writing to a client that may not read
 * would cost what the limit saves. So is one of a network that has sent too much.
 *
 * Streams of HTTP/2 have the same limits once more: as many requests can wait for their bodies as
 * with HTTP/1.1, which has one on a connection.
 */
export function useConnectionCaps(
  http: FastifyInstance,
  caps: Caps,
  budget: NetworkBudget,
): ConnectionCaps {
  const connections = new Connections(caps);
  const streams = new Connections(caps);
  const addConnection = (socket: CountedSocket): boolean => {
    if (budget.isSpent(socket.remoteAddress)) return false;
    const connection = connections.add(socket);
    if (!connection) return false;
    socket[counted] = connection;
    socket.once('close', () => connections.release(connection));
    return true;
  };
  http.server.on('connection', (socket) => {
    if (!addConnection(socket)) socket.destroy();
  });
  // A connection that has just sent a request has not been idle longest.
  http.server.on('request', ({ socket }: { readonly socket: CountedSocket }) => {
    const connection = socket[counted];
    if (connection) connections.use(connection);
  });
  // The body has arrived by now. A client that sends its body slowly counts as idle.
  http.addHook('preHandler', ({ raw }: Worked, reply, done) => {
    raw[isWorkedFor] = true;
    countWork(raw, 1);
    // The connection outlives a stream that is cut off, or that sends its response itself.
    if (raw[counted]) reply.raw.once('close', () => endWork(raw));
    done();
  });
  const endWork = (raw: WorkedRequest): void => {
    if (!raw[isWorkedFor]) return;
    raw[isWorkedFor] = false;
    countWork(raw, -1);
    const connection = raw.socket[counted];
    if (connection) connections.use(connection);
  };
  http.addHook('onSend', ({ raw }: Worked, _reply, _payload, done) => {
    endWork(raw);
    done();
  });
  return {
    addConnection,
    dropResting: (address) => connections.dropResting(address),
    addStream(request) {
      const { stream, socket } = request;
      const place = streams.add({
        remoteAddress: socket.remoteAddress,
        destroy: () => stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM),
      });
      if (!place) return false;
      (request as CountedStream)[counted] = place;
      stream.once('close', () => streams.release(place));
      return true;
    },
  };
}

/** Properties of the socket and the request, because a look-up for each request takes longer. */
const counted = Symbol('connection');
const isWorkedFor = Symbol('is worked for');

interface CountedSocket extends Socket {
  [counted]?: Connection;
}

interface CountedStream extends Http2ServerRequest {
  [counted]?: Connection;
}

/** A request, with the place of its own stream if it came by HTTP/2. */
interface WorkedRequest extends IncomingMessage {
  readonly socket: CountedSocket;
  [counted]?: Connection;
  [isWorkedFor]?: boolean;
}

interface Worked {
  readonly raw: WorkedRequest;
}

function countWork(raw: WorkedRequest, change: 1 | -1): void {
  const connection = raw.socket[counted];
  if (connection) connection.working += change;
  const stream = raw[counted];
  if (stream) stream.working += change;
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
