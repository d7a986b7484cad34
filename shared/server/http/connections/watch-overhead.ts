import type { Socket } from 'node:net';
import type { NetworkBudget } from './limit-requests.js';

/** How often the connections are looked at, in milliseconds. */
const lookMs = 100;
/** A connection that sent no more since the last look is not why its network has sent too much. */
const fewBytes = 1_000;

interface Watched {
  readonly address: string | undefined;
  /** Counts the bytes of the connection. */
  readonly count: () => number;
  /** Its bytes at the last look. */
  seen: number;
  /** Bytes that its requests may still have. */
  left: number;
  close(): void;
}

/**
 * Bounds what clients send besides requests: frames of HTTP/2, and handshakes and records of TLS.
 * Node ignores frames without a request (window updates, priorities, unknown kinds), but to read
 * millions of them takes all of its time.
 */
export class OverheadWatch implements Disposable {
  readonly #watched = new Set<Watched>();
  readonly #timer = setInterval(() => this.#look(), lookMs).unref();

  constructor(private readonly budget: NetworkBudget) {}

  /**
   * @param close called if its network sends too much
   * @param count counts its bytes so far. @default those that it has received
   * @returns a function for each request. It allows the most bytes that its headers and body may
   * have, and takes them back, as a negative number, if the request is broken off.
   */
  add(socket: Socket, close: () => void, count = () => socket.bytesRead): (bytes: number) => void {
    const { remoteAddress: address } = socket;
    const watched: Watched = { address, count, seen: count(), left: 0, close };
    this.#watched.add(watched);
    socket.once('close', () => {
      this.#take(watched);
      this.#watched.delete(watched);
    });
    return (bytes) => {
      watched.left += bytes;
    };
  }

  #look(): void {
    for (const watched of this.#watched) {
      const more = this.#take(watched);
      if (more > fewBytes && this.budget.isSpent(watched.address)) watched.close();
    }
  }

  /** Counts what a connection has sent since the last look. */
  #take(watched: Watched): number {
    const { address, count, seen } = watched;
    watched.seen = count();
    const more = watched.seen - seen - watched.left;
    watched.left = Math.max(0, -more);
    if (more > 0) this.budget.take(address, more);
    return more;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
