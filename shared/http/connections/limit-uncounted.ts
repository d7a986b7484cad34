import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import { isAdmitted } from '../caller-note.js';
import type { NetworkBudget } from './network-budget.js';

/** What a request without a caller counts, in bytes. */
const requestCost = 2_000;

/** Bytes that were read, and perhaps hashed, before it was known that nobody we know has sent them. */
const unknownBytes = (body: unknown, statusCode: number): number =>
  statusCode === 401 && Buffer.isBuffer(body) ? body.length : 0;

/**
 * Bounds the requests of one network that count for nobody’s rate, and those that are refused
 * because of their caller: unknown paths, pages, probes, requests beyond a rate or without the hub’s
 * signature. Each is little work, but hundreds of connections could send enough of them to keep the
 * process busy. Clients of a proxy are left to the proxy.
 */
export function limitUncounted(http: FastifyInstance, budget: NetworkBudget): void {
  http.addHook('onSend', ({ raw, ip, body }, { statusCode }, _payload, done) => {
    // At the end of its session, a request by HTTP/2 has none.
    const socket: Socket | undefined = raw.socket;
    const isCounted = isAdmitted(raw) || statusCode >= 500 || ip !== socket?.remoteAddress;
    if (!isCounted) {
      const cost = requestCost + unknownBytes(body, statusCode);
      if (budget.take(ip, cost * budget.weight)) socket?.destroy();
    }
    done();
  });
}
