/** A set of texts that forgets the oldest when they are longer than `most` together. */
export class TextSet {
  readonly #texts = new Set<string>();
  #length = 0;

  constructor(private readonly most: number) {}

  has(text: string): boolean {
    return this.#texts.has(text);
  }

  add(text: string): void {
    if (text.length > this.most || this.#texts.has(text)) return;
    this.#texts.add(text);
    this.#length += text.length;
    for (const oldest of this.#texts) {
      if (this.#length <= this.most) return;
      this.#texts.delete(oldest);
      this.#length -= oldest.length;
    }
  }
}
