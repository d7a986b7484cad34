import type { FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { networkOf } from '../../../graphql/limits/caller.js';
import { TokenBuckets } from '../../../graphql/limits/token-buckets.js';

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
