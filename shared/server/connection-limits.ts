import type { FastifyInstance } from 'fastify';
import type { ConnectionLimits } from '../limits/index.js';

/**
 * Closes what comes beyond the connections that the server, or one address, may have at a time. There is no answer: to
 * write one to somebody who may not read it would cost what the limit is to save.
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
  let total = 0;
  const open = new Map<string, number>();
  http.server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? 'unknown';
    const count = (open.get(address) ?? 0) + 1;
    if (count > connectionsPerAddress || total >= connections) {
      socket.destroy();
      return;
    }
    open.set(address, count);
    total += 1;
    socket.once('close', () => {
      total -= 1;
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
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
