import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { malformed } from '../../errors/refusal.js';
import type { ConnectionCaps } from '../connections/connection-limits.js';
import { budgetPerSecond, type NetworkBudget } from '../connections/network-budget.js';
import { sendNoSuchPath } from '../http-errors.js';
import { announcesLongBody, readAnnouncedBytes } from './announced-bytes.js';
import { isDiscarded } from './refuse-body.js';

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

/**
 * Bounds what the parts of bodies cost before anybody has paid for the request, and reads no body
 * that has no meaning or no reader.
 */
export function limitBodies(
  http: FastifyInstance,
  budget: NetworkBudget,
  caps: Pick<ConnectionCaps, 'dropResting'>,
): void {
  http.addHook('onRequest', (request, _reply, done) => {
    if (announcesLongBody(request)) paceBody(request, (bytes) => take(request, bytes));
    // In HTTP/2, it shows only at the end whether there is one.
    const mayHaveBody = request.raw.httpVersionMajor > 1 || !bodiless.includes(request.method);
    if (!mayHaveBody && readAnnouncedBytes(request) > 0)
      done(malformed(`A request with the method ${request.method} must not have a body.`));
    else done();
  });
  http.addHook('preParsing', (request, reply, payload, done) => {
    if (request.is404) void sendNoSuchPath(request, reply);
    else done(null, payload);
  });
  const take = ({ raw, ip }: FastifyRequest, cost: number): void => {
    // At the end of its session, a request by HTTP/2 has none.
    const socket: Socket | undefined = raw.socket;
    // Clients of a proxy are left to the proxy.
    if (ip !== socket?.remoteAddress || !budget.take(ip, cost)) return;
    raw.destroy();
    // Node has read more than this part. Its network rests for a second more, and its other
    // connections do not begin the same.
    budget.take(ip, budgetPerSecond);
    caps.dropResting(ip);
  };
}

/**
 * Reads a little of a long body in each turn of the event loop. Otherwise a few clients that send
 * long bodies hold up all others: Node reads up to 2 MiB of one body before it looks at any other
 * connection. Short parts are not held back, because only what is read can be counted.
 */
function paceBody({ raw }: FastifyRequest, charge: (cost: number) => void): void {
  let bytesOfTurn = 0;
  const goOn = (): void => {
    bytesOfTurn = 0;
    raw.resume();
  };
  raw.on('data', ({ length }: Uint8Array) => {
    charge(costOf(length));
    bytesOfTurn += length;
    if (bytesOfTurn < bytesPerTurn) return;
    raw.pause();
    if (isDiscarded(raw)) setTimeout(goOn, discardPauseMs);
    else setImmediate(goOn);
  });
  // A new listener makes it flow, but who reads it does not listen yet.
  raw.pause();
}
