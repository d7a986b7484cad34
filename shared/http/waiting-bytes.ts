import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Bag, type Bagged } from '../graphql/bag.js';
import { networkOf, overloaded, type ConnectionLimits } from '../limits/index.js';
import { announcesLongBody, readAnnouncedBytes } from './bodies/announced-bytes.js';
import { isDiscarded } from './bodies/refuse-body.js';

/** A request whose body is read or used, or a response that its client has not read completely. */
interface Waiting extends Bagged {
  readonly key: string;
  readonly response: ServerResponse;
  bytes: number;
  /** Increases with each of them. */
  readonly number: number;
}

/** What waits for one network. */
interface Network {
  bytes: number;
  readonly all: Bag<Waiting>;
}

/** Smaller bodies and responses are not counted, because the number of connections limits them. */
const fewBytes = 1_000;

/** The number of networks for which nothing waits that stay in memory. */
const remembered = 1_000;

const sizeOf = (payload: unknown): number =>
  typeof payload === 'string' || payload instanceof Uint8Array ? payload.length : 0;

/**
 * Counts the bytes that wait for clients. Above a limit, it cuts off the oldest request or response
 * of the network that has most.
 */
class WaitingBytes {
  readonly #networks = new Map<string, Network>();
  #total = 0;
  /** The number of networks for which anything waits. */
  #holders = 0;
  #last = 0;

  constructor(
    private readonly limits: Pick<ConnectionLimits, 'waitingBytes' | 'waitingBytesPerClient'>,
  ) {}

  /**
   * Whether a network has its share without the body of this request. A network that has less than
   * others is never refused.
   */
  isFull(key: string, { bytes = 0 }: Partial<Waiting> = {}): boolean {
    const total = this.#total - bytes;
    if (total === 0) return false;
    const { waitingBytes, waitingBytesPerClient } = this.limits;
    const own = (this.#networks.get(key)?.bytes ?? 0) - bytes;
    if (own >= waitingBytesPerClient) return true;
    return total >= waitingBytes && own * this.#holders >= total;
  }

  add(key: string, response: ServerResponse, bytes: number): Waiting {
    const network = this.#networks.get(key) ?? { bytes: 0, all: new Bag() };
    this.#networks.set(key, network);
    if (network.all.size === 0) this.#holders += 1;
    const waiting: Waiting = { key, response, bytes: 0, number: (this.#last += 1), place: 0 };
    network.all.add(waiting);
    response.once('close', () => this.#release(network, waiting));
    this.#grow(network, waiting, bytes);
    return waiting;
  }

  /** Adds bytes of a body that has come. */
  grow(waiting: Waiting, bytes: number): void {
    const network = this.#networks.get(waiting.key);
    if (network?.all.has(waiting)) this.#grow(network, waiting, bytes);
  }

  #grow(network: Network, waiting: Waiting, bytes: number): void {
    waiting.bytes += bytes;
    network.bytes += bytes;
    this.#total += bytes;
    const { waitingBytes, waitingBytesPerClient } = this.limits;
    while (network.bytes > waitingBytesPerClient && this.#cut(network, waiting));
    while (this.#total > waitingBytes && this.#cut(this.#findLargest(network), waiting));
  }

  #findLargest(first: Network): Network {
    let largest = first;
    for (const network of this.#networks.values())
      if (network.bytes > largest.bytes) largest = network;
    return largest;
  }

  /** The latest stays, however large it is. Otherwise it could never be read. */
  #cut(network: Network, latest: Waiting): boolean {
    let oldest: Waiting | undefined;
    for (const one of network.all.list())
      if (one !== latest && (!oldest || one.number < oldest.number)) oldest = one;
    if (!oldest) return false;
    this.#release(network, oldest);
    oldest.response.destroy();
    return true;
  }

  #release(network: Network, waiting: Waiting): void {
    if (!network.all.delete(waiting)) return;
    network.bytes -= waiting.bytes;
    this.#total -= waiting.bytes;
    if (network.all.size > 0) return;
    this.#holders -= 1;
    // One object for a network: creating one for each response would produce more garbage than the
    // response.
    if (this.#networks.size > remembered) this.#networks.delete(waiting.key);
  }
}

/** The most bytes of a body that are kept: as announced, unless it is too large and discarded. */
function mostKept(request: FastifyRequest): number {
  const bytes = readAnnouncedBytes(request);
  // Fastify makes the options of a route anew each time.
  if (bytes <= fewBytes) return bytes;
  const { bodyLimit } = request.routeOptions;
  if (bytes === Infinity) return bodyLimit;
  return bytes > bodyLimit ? 0 : bytes;
}

/**
 * Limits the memory of bodies and of responses that clients do not read, for one network and in
 * total. A network that has its share gets 503 `OVERLOADED`, and nothing is executed. What comes
 * beyond the total replaces the oldest request or response of the network that has most, whose
 * connection is closed. Files are read as they are sent, and do not count.
 */
export function useWaitingBytes(
  http: FastifyInstance,
  limits: Pick<ConnectionLimits, 'waitingBytes' | 'waitingBytesPerClient'>,
): void {
  const waiting = new WaitingBytes(limits);
  http.addHook('preParsing', (request, { raw: response }, payload, done) => {
    const raw: Read = request.raw;
    const most = mostKept(request);
    if (most > fewBytes) {
      const isLong = announcesLongBody(request);
      const body = waiting.add(networkOf(request.ip), response, isLong ? 0 : most);
      raw[waitingBody] = body;
      if (isLong) {
        raw.on('data', ({ length }: Buffer) => {
          if (body.bytes < most && !isDiscarded(raw)) waiting.grow(body, length);
        });
        // A new listener makes it flow, but who reads it does not listen yet.
        raw.pause();
      }
    }
    done(null, payload);
  });
  http.addHook(
    'preHandler',
    ({ ip, raw }: { readonly ip: string; readonly raw: Read }, _reply, done) => {
      done(waiting.isFull(networkOf(ip), raw[waitingBody]) ? overloaded() : undefined);
    },
  );
  http.addHook('onSend', ({ ip }, { raw }, payload, done) => {
    const bytes = sizeOf(payload);
    if (bytes > fewBytes && !raw.destroyed) waiting.add(networkOf(ip), raw, bytes);
    done();
  });
}

const waitingBody = Symbol('waiting body');

/** A property, because a look-up for each request takes longer. */
interface Read extends IncomingMessage {
  [waitingBody]?: Waiting;
}
