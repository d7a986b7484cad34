import type { FastifyInstance, FastifyRequest } from 'fastify';
import { malformed } from '../../errors/refusal.js';
import { networkOf, type ConnectionLimits } from '../../limits/index.js';
import type { ConnectionCaps } from '../connections/connection-limits.js';
import { budgetPerSecond, type NetworkBudget } from '../connections/network-budget.js';
import { HeldBytes } from '../held-bytes.js';
import { sendNoSuchPath } from '../http-errors.js';
import { announcesLongBody, readAnnouncedBytes } from './announced-bytes.js';

/** Their bodies have no meaning. */
const bodiless: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * What a part of a body takes from the budget of its network, in bytes. To read a part takes a
 * microsecond, and its bytes take little.
 */
const costOf = (length: number): number => 100 + length / 128;
/** What is read of one body in a turn of the event loop: one part of 64 KiB, or many short ones. */
const bytesPerTurn = 32_768;

type Limits = Pick<ConnectionLimits, 'waitingBytes' | 'waitingBytesPerClient'>;

/**
 * Bounds what bodies cost that nobody has paid for yet, because they have not come whole: the parts
 * of long ones, and the memory. A body that nobody wants is not read into memory.
 */
export function limitBodies(
  http: FastifyInstance,
  limits: Limits,
  budget: NetworkBudget,
  caps: Pick<ConnectionCaps, 'dropResting'>,
): void {
  const unread = new HeldBytes(limits);
  http.addHook('onRequest', (request, _reply, done) => {
    if (announcesLongBody(request)) {
      const held = unread.add(networkOf(request.ip), request.raw);
      watch(request, budget, {
        onPart: (bytes) => unread.grow(held, bytes),
        onEnd: () => unread.release(held),
        onSpent: caps.dropResting,
      });
    }
    if (bodiless.includes(request.method) && readAnnouncedBytes(request) > 0)
      done(malformed(`A request with the method ${request.method} must not have a body.`));
    else done();
  });
  http.addHook('preParsing', (request, reply, payload, done) => {
    if (request.is404) void sendNoSuchPath(request, reply);
    else done(null, payload);
  });
}

interface BodyEvents {
  /** @param bytes of the part that are held in memory */
  onPart(bytes: number): void;
  onEnd(): void;
  /** Its network has sent too much. */
  onSpent(address: string | undefined): void;
}

/**
 * Reads a little of a long body in each turn of the event loop. Otherwise a few clients that send
 * long bodies hold up all others: Node reads up to 2 MiB of one body before it looks at any other
 * connection. Short parts are not held back, because only what is read can be counted.
 */
function watch(request: FastifyRequest, budget: NetworkBudget, on: BodyEvents): void {
  const { raw, log } = request;
  const { remoteAddress: address } = raw.socket;
  const take = (cost: number): void => {
    const isNoted = budget.isSpent(address);
    if (!budget.take(address, cost)) return;
    raw.destroy();
    // Node has read more than this part. Its network rests for a second more.
    budget.take(address, budgetPerSecond);
    if (isNoted) return;
    log.warn({ address }, 'connections closed: their bodies come in too many parts');
    on.onSpent(address);
  };
  let bytes = 0;
  let bytesOfTurn = 0;
  const goOn = (): void => {
    bytesOfTurn = 0;
    raw.resume();
  };
  raw.on('data', ({ length }: Uint8Array) => {
    // What exceeds the limit is discarded.
    const kept = Math.min(length, (request.routeOptions.bodyLimit ?? 0) - bytes);
    bytes += kept;
    on.onPart(kept);
    take(costOf(length));
    bytesOfTurn += length;
    if (bytesOfTurn < bytesPerTurn) return;
    raw.pause();
    setImmediate(goOn);
  });
  raw.once('end', on.onEnd);
  // A new listener makes it flow, but who reads it does not listen yet.
  raw.pause();
}
