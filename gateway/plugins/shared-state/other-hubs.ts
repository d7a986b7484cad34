import { LRUCache } from 'lru-cache';

/** The place of a message in the sequence of its sender. */
export type MessageOrder =
  | 'next'
  /** Messages before it are lost. */
  | 'gap'
  /** The first message of this sender. Earlier ones are unknown. */
  | 'first'
  /** A repeated or a late message. */
  | 'old';

/** The number of senders in memory, including those that have ended. */
const rememberedSenders = 1_000;

/** The other hubs: which of them run, and the last message of each. */
export class OtherHubs {
  readonly #sequences = new LRUCache<string, number>({ max: rememberedSenders });
  readonly #heardAt = new Map<string, number>();

  /** @param silentMs how long a hub may be silent before it counts as gone */
  constructor(
    private readonly silentMs: number,
    private readonly now: () => number,
  ) {}

  /** Notes a message of a sender, and returns its place in the sequence. */
  hear(sender: string, sequence: number): MessageOrder {
    const last = this.#sequences.get(sender);
    if (last !== undefined && sequence <= last) return 'old';
    this.#sequences.set(sender, sequence);
    this.#heardAt.set(sender, this.now());
    if (last === undefined) return 'first';
    return sequence === last + 1 ? 'next' : 'gap';
  }

  /** The hubs that run. */
  list(): string[] {
    const since = this.now() - this.silentMs;
    for (const [sender, heardAt] of this.#heardAt)
      if (heardAt < since) this.#heardAt.delete(sender);
    return [...this.#heardAt.keys()];
  }

  /** Removes a hub that has ended or does not respond. Its next message adds it again. */
  leave(sender: string): void {
    this.#heardAt.delete(sender);
  }

  leaveAll(): void {
    this.#heardAt.clear();
  }
}
