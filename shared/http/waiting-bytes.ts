import type { FastifyInstance } from 'fastify';
import type { ServerResponse } from 'node:http';
import { Bag, type Bagged } from '../graphql/bag.js';
import { networkOf, overloaded, type ConnectionLimits } from '../limits/index.js';

/** A response that its client has not read completely. */
interface Waiting extends Bagged {
  readonly response: ServerResponse;
  readonly bytes: number;
  /** Increases with each response. */
  readonly number: number;
}

/** The waiting responses to one network. */
interface Network {
  bytes: number;
  readonly responses: Bag<Waiting>;
}

/** Smaller responses are not counted, because the number of connections limits them. */
const fewBytes = 1_000;

/** The number of networks without waiting responses that stay in memory. */
const remembered = 1_000;

const sizeOf = (payload: unknown): number =>
  typeof payload === 'string' || payload instanceof Uint8Array ? payload.length : 0;

/**
 * Counts the bytes that wait to be read. Above a limit, it cuts off the oldest response of the
 * network that has most.
 */
class WaitingBytes {
  readonly #networks = new Map<string, Network>();
  #total = 0;
  #last = 0;

  constructor(
    private readonly limits: Pick<ConnectionLimits, 'waitingBytes' | 'waitingBytesPerClient'>,
  ) {}

  isFull(key: string): boolean {
    const { waitingBytes, waitingBytesPerClient } = this.limits;
    if (this.#total === 0) return false;
    const own = this.#networks.get(key)?.bytes ?? 0;
    return own >= waitingBytesPerClient || this.#total >= waitingBytes;
  }

  add(key: string, response: ServerResponse, bytes: number): void {
    const network = this.#networks.get(key) ?? { bytes: 0, responses: new Bag() };
    this.#networks.set(key, network);
    const waiting: Waiting = { response, bytes, number: (this.#last += 1), place: 0 };
    network.responses.add(waiting);
    network.bytes += bytes;
    this.#total += bytes;
    response.once('close', () => this.#release(key, network, waiting));
    const { waitingBytes, waitingBytesPerClient } = this.limits;
    while (network.bytes > waitingBytesPerClient && this.#cut(key, network));
    while (this.#total > waitingBytes && this.#cutLargest());
  }

  #cutLargest(): boolean {
    const all = [...this.#networks];
    const [key, network] = all.reduce((most, one) => (one[1].bytes > most[1].bytes ? one : most));
    return this.#cut(key, network);
  }

  /** The last response stays, however large it is. Otherwise it could never be read. */
  #cut(key: string, network: Network): boolean {
    if (network.responses.size < 2) return false;
    const oldest = network.responses
      .list()
      .reduce((first, one) => (one.number < first.number ? one : first));
    this.#release(key, network, oldest);
    oldest.response.destroy();
    return true;
  }

  #release(key: string, network: Network, waiting: Waiting): void {
    if (!network.responses.delete(waiting)) return;
    network.bytes -= waiting.bytes;
    this.#total -= waiting.bytes;
    // One listener for a network: creating one for each response would produce more garbage than
    // the response.
    if (network.responses.size === 0 && this.#networks.size > remembered)
      this.#networks.delete(key);
  }
}

/**
 * Limits the memory of responses that clients do not read, for one network and in total. Above the
 * total, nothing is executed: 503 `OVERLOADED`. A response that is already there replaces the
 * oldest one of the network that has most, whose connection is closed. Files are read as they are
 * sent, and do not count.
 */
export function useWaitingBytes(
  http: FastifyInstance,
  limits: Pick<ConnectionLimits, 'waitingBytes' | 'waitingBytesPerClient'>,
): void {
  const waiting = new WaitingBytes(limits);
  http.addHook('preHandler', ({ ip }, _reply, done) => {
    done(waiting.isFull(networkOf(ip)) ? overloaded() : undefined);
  });
  http.addHook('onSend', ({ ip }, { raw }, payload, done) => {
    const bytes = sizeOf(payload);
    if (bytes > fewBytes && !raw.destroyed) waiting.add(networkOf(ip), raw, bytes);
    done();
  });
}
