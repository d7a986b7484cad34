interface Waiting {
  readonly missing: Set<string>;
  readonly end: () => void;
}

/** Waits until other hubs have handled messages. */
export class Acknowledgements {
  readonly #waiting = new Map<number, Waiting>();

  /**
   * @param waitMs nobody waits longer
   * @param onSilent called with each hub that did not respond in time
   */
  constructor(
    private readonly waitMs: number,
    private readonly onSilent: (hub: string) => void,
  ) {}

  /** Resolves when all these hubs have handled a message, have left, or did not respond in time. */
  wait(sequence: number, hubs: readonly string[]): Promise<void> {
    if (hubs.length === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const missing = new Set(hubs);
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(sequence);
        resolve();
      };
      const timer = setTimeout(() => {
        for (const hub of missing) this.onSilent(hub);
        end();
      }, this.waitMs);
      this.#waiting.set(sequence, { missing, end });
    });
  }

  settle(sequence: number, hub: string): void {
    const waiting = this.#waiting.get(sequence);
    if (waiting?.missing.delete(hub) && waiting.missing.size === 0) waiting.end();
  }

  leave(hub: string): void {
    for (const sequence of this.#waiting.keys()) this.settle(sequence, hub);
  }

  leaveAll(): void {
    for (const { end } of this.#waiting.values()) end();
  }
}
