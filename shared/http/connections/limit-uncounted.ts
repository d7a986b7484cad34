import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import { isAdmitted } from '../caller-note.js';
import type { NetworkBudget } from './network-budget.js';

/** What a request without a caller counts, in bytes. */
const requestCost = 1_000;

/**
 * Bounds the requests of one network that count for nobody’s rate, and those that are refused
 * because of their caller: unknown paths, pages, probes, requests beyond a rate or without the hub’s
 * signature. Each is little work, but hundreds of connections could send enough of them to keep the
 * process busy. Clients of a proxy are left to the proxy.
 */
export function limitUncounted(http: FastifyInstance, budget: NetworkBudget): void {
  http.addHook('onSend', ({ raw, ip }, { statusCode }, _payload, done) => {
    // At the end of its session, a request by HTTP/2 has none.
    const socket: Socket | undefined = raw.socket;
    const isCounted = isAdmitted(raw) || statusCode >= 500 || ip !== socket?.remoteAddress;
    if (!isCounted && budget.take(ip, requestCost * budget.weight)) socket?.destroy();
    done();
  });
}
