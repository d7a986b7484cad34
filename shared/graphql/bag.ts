/** Where an item is in its bag. */
export interface Bagged {
  place: number;
}

/**
 * A set, in no order, for what comes and goes with every request. It is an array: when a `Map` or a `Set` takes a new
 * table, V8 links the old table to it. Once one of its tables is in the old generation, all tables after it stay until the
 * next full garbage collection, and with them whatever request they held.
 */
export class Bag<Item extends Bagged> {
  readonly #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  add(item: Item): void {
    item.place = this.#items.length;
    this.#items.push(item);
  }

  /** False where it is not in this bag. */
  delete(item: Item): boolean {
    if (this.#items[item.place] !== item) return false;
    const last = this.#items.pop();
    if (last && last !== item) {
      this.#items[item.place] = last;
      last.place = item.place;
    }
    return true;
  }

  /** As they are now: items may be deleted meanwhile. */
  list(): readonly Item[] {
    return [...this.#items];
  }
}
