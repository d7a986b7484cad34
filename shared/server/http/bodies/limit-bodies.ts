import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { malformed } from '../../../errors/refusal.js';
import { networkOf } from '../../../graphql/limits/caller.js';
import { overloaded } from '../../../graphql/limits/fair-slots.js';
import type { ConnectionLimits } from '../../../graphql/limits/limits.js';
import { Bag, type Bagged } from '../../../graphql/operations/served-context.js';
import type { ConnectionCaps } from '../connections/connection-limits.js';
import {
  type NetworkBudget,
  budgetPerSecond,
  directAddress,
} from '../connections/limit-requests.js';
import { sendNoSuchPath } from '../http-errors.js';
import { isDiscarded, readAnnouncedBytes, shortBytes } from './refuse-body.js';

/** A request whose body is read or used, or a response that its client has not read completely. */
interface Waiting extends Bagged {
  readonly network: Network;
  readonly response: ServerResponse;
  bytes: number;
  /** Increases with each of them. */
  readonly number: number;
}

/** What waits for one network. */
interface Network {
  readonly key: string;
  bytes: number;
  readonly all: Bag<Waiting>;
}

/** Smaller bodies and responses are not counted, because the number of connections limits them. */
const fewBytes = 1_000;

/** The number of networks for which nothing waits that stay in memory. */
const remembered = 1_000;

type Limits = Pick<ConnectionLimits, 'waitingBytes' | 'waitingBytesPerClient'>;

/** A property, because a look-up for each request takes longer. */
const waitingBody = Symbol('waiting body');

interface Request {
  readonly ip: string;
  readonly raw: IncomingMessage & { [waitingBody]?: Waiting };
}

/**
 * Counts the bytes that wait for clients. Above a limit, it cuts off the oldest request or response
 * of the network that has most.
 */
export class WaitingBytes {
  readonly #networks = new Map<string, Network>();
  #total = 0;
  /** The number of networks for which anything waits. */
  #holders = 0;
  #last = 0;

  constructor(private readonly limits: Limits) {}

  /**
   * Whether a network has its share without the body of this request. A network that has less than
   * others is never refused.
   */
  isFull({ ip, raw }: Request): boolean {
    const bytes = raw[waitingBody]?.bytes ?? 0;
    const total = this.#total - bytes;
    if (total === 0) return false;
    const { waitingBytes, waitingBytesPerClient } = this.limits;
    const own = (this.#networks.get(networkOf(ip))?.bytes ?? 0) - bytes;
    if (own >= waitingBytesPerClient) return true;
    return total >= waitingBytes && own * this.#holders >= total;
  }

  /** Adds the body of a request, or what has come of it. */
  addBody({ ip, raw }: Request, response: ServerResponse, bytes: number): Waiting {
    return (raw[waitingBody] = this.add(ip, response, bytes));
  }

  /** Adds the body of a response. */
  add(address: string, response: ServerResponse, bytes: number): Waiting {
    const key = networkOf(address);
    const network = this.#networks.get(key) ?? { key, bytes: 0, all: new Bag() };
    this.#networks.set(key, network);
    if (network.all.size === 0) this.#holders += 1;
    const waiting: Waiting = { network, response, bytes: 0, number: (this.#last += 1), place: 0 };
    network.all.add(waiting);
    response.once('close', () => this.#release(waiting));
    this.grow(waiting, bytes);
    return waiting;
  }

  /** Adds bytes, unless it no longer waits. */
  grow(waiting: Waiting, bytes: number): void {
    const { network } = waiting;
    if (!network.all.has(waiting)) return;
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
  #cut({ all }: Network, latest: Waiting): boolean {
    let oldest: Waiting | undefined;
    for (const one of all.list())
      if (one !== latest && (!oldest || one.number < oldest.number)) oldest = one;
    if (!oldest) return false;
    this.#release(oldest);
    oldest.response.destroy();
    return true;
  }

  #release(waiting: Waiting): void {
    const { network, bytes } = waiting;
    if (!network.all.delete(waiting)) return;
    network.bytes -= bytes;
    this.#total -= bytes;
    if (network.all.size > 0) return;
    this.#holders -= 1;
    // One object for a network: creating one for each response would produce more garbage than the
    // response.
    if (this.#networks.size > remembered) this.#networks.delete(network.key);
  }
}

const sizeOf = (payload: unknown): number =>
  typeof payload === 'string' || payload instanceof Uint8Array ? payload.length : 0;

/**
 * Limits the memory of bodies and of responses that clients do not read, for one network and in
 * total. A network that has its share gets 503 `OVERLOADED`, and nothing is executed. What comes
 * beyond the total replaces the oldest request or response of the network that has most, whose
 * connection is closed. Files are read as they are sent, and do not count.
 * @returns what the bodies of requests are added to
 */
export function useWaitingBytes(http: FastifyInstance, limits: Limits): WaitingBytes {
  const waiting = new WaitingBytes(limits);
  http.addHook('preHandler', (request, _reply, done) => {
    done(waiting.isFull(request) ? overloaded() : undefined);
  });
  http.addHook('onSend', ({ ip }, { raw }, payload, done) => {
    const bytes = sizeOf(payload);
    if (bytes > fewBytes && !raw.destroyed) waiting.add(ip, raw, bytes);
    done();
  });
  return waiting;
}

/** Their bodies have no meaning. */
const bodiless: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Networks send longer parts, whatever the client does. */
const shortPart = 500;
const shortPartCost = 100;
/**
 * What a part of a body takes from the budget of its network, in bytes. To read a part takes a
 * microsecond, and its bytes take little.
 */
const costOf = (length: number): number => (length < shortPart ? shortPartCost : length / 64);
/** What is read of one body in a turn of the event loop: one part of 64 KiB, or many short ones. */
const bytesPerTurn = 32_768;

/** The pause after each of these if nobody wants the body. Its client has no reason to hurry. */
const discardPauseMs = 4;

interface BodyLimits {
  /** What the parts of a body cost. */
  readonly budget: NetworkBudget;
  readonly caps: Pick<ConnectionCaps, 'dropResting'>;
  /** Counts what is kept of the bodies. */
  readonly waiting: WaitingBytes;
}

/**
 * Bounds what bodies take before anybody has paid for the request: time for their parts, and
 * memory. Reads no body that has no meaning or no reader.
 */
export function limitBodies(http: FastifyInstance, { budget, caps, waiting }: BodyLimits): void {
  http.addHook('onRequest', (request, { raw: response }, done) => {
    const bytes = readAnnouncedBytes(request);
    if (bytes === 0) return done();
    const { raw, method } = request;
    if (bytes > shortBytes) {
      const body = waiting.addBody(request, response, 0);
      paceBody(raw, (length) => {
        charge(request, costOf(length));
        if (!isDiscarded(raw)) waiting.grow(body, length);
      });
    } else if (bytes > fewBytes) waiting.addBody(request, response, bytes);
    // In HTTP/2, it shows only at the end whether there is one.
    const mayHaveBody = raw.httpVersionMajor > 1 || !bodiless.includes(method);
    done(
      mayHaveBody
        ? undefined
        : malformed(`A request with the method ${method} must not have a body.`),
    );
  });
  http.addHook('preParsing', (request, reply, payload, done) => {
    if (request.is404) void sendNoSuchPath(request, reply);
    else done(null, payload);
  });
  const charge = (request: FastifyRequest, cost: number): void => {
    const address = directAddress(request);
    if (address === undefined || !budget.take(address, cost)) return;
    request.raw.destroy();
    // Node has read more than this part. Its network rests for a second more, and its other
    // connections do not begin the same.
    budget.take(address, budgetPerSecond);
    caps.dropResting(address);
  };
}

/**
 * Reads a little of a long body in each turn of the event loop. Otherwise a few clients that send
 * long bodies hold up all others: Node reads up to 2 MiB of one body before it looks at any other
 * connection. Short parts are not held back, because only what is read can be counted.
 */
function paceBody(raw: IncomingMessage, onPart: (length: number) => void): void {
  let bytesOfTurn = 0;
  const goOn = (): void => {
    bytesOfTurn = 0;
    raw.resume();
  };
  raw.on('data', ({ length }: Uint8Array) => {
    onPart(length);
    bytesOfTurn += length;
    if (bytesOfTurn < bytesPerTurn) return;
    raw.pause();
    if (isDiscarded(raw)) setTimeout(goOn, discardPauseMs);
    else setImmediate(goOn);
  });
  // A new listener makes it flow, but who reads it does not listen yet.
  raw.pause();
}
