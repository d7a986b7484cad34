import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { malformed } from '../../../errors/refusal.js';
import type { ConnectionCaps } from '../connections/connection-limits.js';
import {
  budgetPerSecond,
  directAddress,
  type NetworkBudget,
} from '../connections/network-budget.js';
import { sendNoSuchPath } from '../http-errors.js';
import { readAnnouncedBytes, shortBytes } from './announced-bytes.js';
import { isDiscarded } from './refuse-body.js';
import { fewBytes, type WaitingBytes } from './waiting-bytes.js';

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
