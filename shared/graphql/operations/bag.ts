/** The position of an item in its bag. */
export interface Bagged {
  place: number;
}

/**
 * An unordered set for objects that come and go with every request. It is an array: when a `Map` or
 * a `Set` grows, V8 links the old table to the new one. Once one of these tables is in the old
 * generation, all later tables stay until the next full garbage collection, with the requests that
 * they held.
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

  has(item: Item): boolean {
    return this.#items[item.place] === item;
  }

  /** False if it is not in this bag. */
  delete(item: Item): boolean {
    if (!this.has(item)) return false;
    const last = this.#items.pop();
    if (last && last !== item) {
      this.#items[item.place] = last;
      last.place = item.place;
    }
    return true;
  }

  /** A copy, because items may be deleted meanwhile. */
  list(): readonly Item[] {
    return [...this.#items];
  }
}
