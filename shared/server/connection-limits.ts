import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf, type ConnectionLimits } from '../limits/index.js';

/** The connections from one address of IPv4, or one network of IPv6. */
interface Network {
  open: number;
  /** Those on which the server waits for the client, the longest first. */
  readonly resting: Set<Socket>;
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
  const networkOfSocket = new Map<Socket, Network>();
  const release = (socket: Socket, key: string): void => {
    const network = networkOfSocket.get(socket);
    if (!network) return;
    networkOfSocket.delete(socket);
    network.resting.delete(socket);
    network.open -= 1;
    if (network.open === 0) networks.delete(key);
  };
  const findFull = (network: Network): Network | undefined => {
    if (network.open >= connectionsPerAddress) return network;
    if (networkOfSocket.size < connections) return undefined;
    return [...networks.values()].reduce((most, one) => (one.open > most.open ? one : most));
  };
  http.server.on('connection', (socket) => {
    const key = networkOf(socket.remoteAddress ?? 'unknown');
    const network = networks.get(key) ?? { open: 0, resting: new Set() };
    const full = findFull(network);
    if (full) {
      const [longest] = full.resting;
      if (!longest) {
        socket.destroy();
        return;
      }
      // Its place is free at once; its `close` comes later, and changes nothing any more.
      release(longest, networkOf(longest.remoteAddress ?? 'unknown'));
      longest.destroy();
    }
    networks.set(key, network);
    network.open += 1;
    network.resting.add(socket);
    networkOfSocket.set(socket, network);
    socket.once('close', () => release(socket, key));
  });
  followWork(http, (socket, isResting) => {
    const network = networkOfSocket.get(socket);
    // Deleted and added again, it is the last that may be closed.
    network?.resting.delete(socket);
    if (isResting) network?.resting.add(socket);
  });
}

const isWorkedFor = Symbol('is worked for');

interface WorkedRequest extends IncomingMessage {
  [isWorkedFor]?: boolean;
}

/** Says of each connection when a request comes, when the server begins to work for it, and when it waits for its client again. */
function followWork(
  http: FastifyInstance,
  change: (socket: Socket, isResting: boolean) => void,
): void {
  const working = new WeakMap<Socket, number>();
  // One whose request has just come is not the one that has rested longest.
  http.addHook('onRequest', ({ raw: { socket } }, _reply, done) => {
    if (!working.get(socket)) change(socket, true);
    done();
  });
  // By now the body is there: a client that sends it slowly has not been worked for.
  http.addHook('preHandler', ({ raw }, _reply, done) => {
    (raw as WorkedRequest)[isWorkedFor] = true;
    working.set(raw.socket, (working.get(raw.socket) ?? 0) + 1);
    change(raw.socket, false);
    done();
  });
  http.addHook('onSend', ({ raw }, _reply, _payload, done) => {
    const left = (working.get(raw.socket) ?? 0) - ((raw as WorkedRequest)[isWorkedFor] ? 1 : 0);
    (raw as WorkedRequest)[isWorkedFor] = false;
    working.set(raw.socket, left);
    if (left === 0) change(raw.socket, true);
    done();
  });
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
