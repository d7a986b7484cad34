import { LRUCache } from 'lru-cache';

/** What a message is among those of its sender. */
export type MessageOrder =
  | 'next'
  /** Messages before it are lost. */
  | 'gap'
  /** The first of this sender: what it sent before is not known. */
  | 'first'
  /** It was there before, or is too late. */
  | 'old';

/** So many senders are remembered, also those that have ended. */
const rememberedSenders = 1_000;

/** The other hubs: which of them are there, and how far each of them was heard. */
export class OtherHubs {
  readonly #sequences = new LRUCache<string, number>({ max: rememberedSenders });
  readonly #heardAt = new Map<string, number>();

  /** @param silentMs how long a hub may be silent before it counts as gone */
  constructor(
    private readonly silentMs: number,
    private readonly now: () => number,
  ) {}

  /** Takes in that a sender was heard. */
  hear(sender: string, sequence: number): MessageOrder {
    const last = this.#sequences.get(sender);
    if (last !== undefined && sequence <= last) return 'old';
    this.#sequences.set(sender, sequence);
    this.#heardAt.set(sender, this.now());
    if (last === undefined) return 'first';
    return sequence === last + 1 ? 'next' : 'gap';
  }

  /** The hubs that are there. */
  list(): string[] {
    const since = this.now() - this.silentMs;
    for (const [sender, heardAt] of this.#heardAt)
      if (heardAt < since) this.#heardAt.delete(sender);
    return [...this.#heardAt.keys()];
  }

  /** It has ended, or does not respond. It is there again when it is heard. */
  leave(sender: string): void {
    this.#heardAt.delete(sender);
  }

  leaveAll(): void {
    this.#heardAt.clear();
  }
}
