import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';
import { Http2ServerRequest } from 'node:http2';
import { isAdmitted } from '../caller-note.js';
import { directAddress, type NetworkBudget } from './network-budget.js';

/** What a request without a caller counts, in bytes. */
const requestCost = 2_000;

/** The most of a body that counts. */
const mostBytes = 250_000;

/** Bytes that were read, and perhaps hashed, before it was known that nobody we know has sent them. */
const unknownBytes = (body: unknown, statusCode: number): number =>
  statusCode === 401 && Buffer.isBuffer(body) ? Math.min(body.length, mostBytes) : 0;

/**
 * Bounds the requests of one network that count for nobody’s rate, and those that are refused
 * because of their caller: unknown paths, pages, probes, requests beyond a rate or without the hub’s
 * signature. Each is little work, but hundreds of connections could send enough of them to keep the
 * process busy.
 */
export function limitUncounted(http: FastifyInstance, budget: NetworkBudget): void {
  const charge = (request: FastifyRequest, { statusCode, raw }: FastifyReply): boolean => {
    const response: Charged = raw;
    if (response[charged] || isAdmitted(request.raw) || statusCode >= 500) return false;
    const address = directAddress(request);
    if (address === undefined) return false;
    response[charged] = true;
    const cost = requestCost + unknownBytes(request.body, statusCode);
    return budget.take(address, cost * budget.weight);
  };
  http.addHook('onSend', (request, reply, _payload, done) => {
    if (charge(request, reply)) {
      // Its client still reads why.
      reply.header('connection', 'close');
      // HTTP/2 has no such header. What else is under way on the connection is still answered.
      if (request.raw instanceof Http2ServerRequest) request.raw.stream.session?.close();
    }
    done();
  });
  // A refusal that does not wait for its body is sent without Fastify.
  http.addHook('onResponse', (request, reply, done) => {
    charge(request, reply);
    done();
  });
}

const charged = Symbol('charged');

interface Charged extends ServerResponse {
  [charged]?: true;
}
