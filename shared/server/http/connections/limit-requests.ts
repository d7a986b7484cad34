import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Http2ServerRequest } from 'node:http2';
import type { Socket } from 'node:net';
import { TokenBuckets, networkOf } from '../../../graphql/limits/caller.js';
import { isAdmitted } from '../request-log.js';

/**
 * Bytes a second that the connections of one network may send besides requests, and at once after a
 * pause. A client that downloads a gigabyte a second acknowledges it with half of that.
 */
export const budgetPerSecond = 1_000_000;
const burst = 2_000_000;
const remembered = 10_000;

/** What each IPv4 address, or IPv6 network, may send that is no request which anybody serves. */
export class NetworkBudget {
  readonly #buckets = new TokenBuckets({ perSecond: budgetPerSecond, burst, remembered });
  /** Called when a network has sent too much, and has to rest. */
  onSpent: (address: string | undefined) => void = () => undefined;

  /** @param weight what the work for a request or a connection counts, compared to the usual */
  constructor(readonly weight = 1) {}

  /** @returns whether the network has sent too much, and has to rest */
  take(address: string | undefined, bytes: number): boolean {
    const wasSpent = this.isSpent(address);
    this.#buckets.take(networkOf(address ?? ''), bytes);
    const isSpent = this.isSpent(address);
    if (isSpent && !wasSpent) this.onSpent(address);
    return isSpent;
  }

  isSpent(address = ''): boolean {
    return this.#buckets.secondsUntil(networkOf(address), 0) > 0;
  }
}

/** The address whose budget a request may take from. Clients of a proxy are left to the proxy. */
export function directAddress({ raw, ip }: FastifyRequest): string | undefined {
  // At the end of its session, a request by HTTP/2 has no socket.
  const socket: Socket | undefined = raw.socket;
  return ip === socket?.remoteAddress ? ip : undefined;
}

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

/**
 * The most requests that a connection of HTTP/1.1 may have without their responses. Browsers and
 * common clients send one at a time.
 */
const mostUnanswered = 8;

/** A property of the socket, because a look-up for each request takes longer. */
const unanswered = Symbol('unanswered');

interface CountedSocket extends Socket {
  [unanswered]?: number;
}

/**
 * Cuts off a client that sends request after request without waiting for responses. Node reads them
 * all at once, thousands in one part of 64 KiB, and serves nobody else meanwhile.
 * @param onCut called for the connection, which is closed already
 */
export function limitPipelining(http: FastifyInstance, onCut: (socket: Socket) => void): void {
  const { server } = http;
  const serve = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // HTTP/2 bounds its streams itself.
    if (request.httpVersionMajor < 2) {
      const socket: CountedSocket = request.socket;
      // The rest of the part of which a request was too many.
      if (socket.destroyed) return;
      const count = (socket[unanswered] ?? 0) + 1;
      if (count > mostUnanswered) {
        socket.destroy();
        onCut(socket);
        return;
      }
      socket[unanswered] = count;
      response.once('close', () => (socket[unanswered] = (socket[unanswered] ?? 1) - 1));
    }
    for (const listener of serve) listener.call(server, request, response);
  });
}
