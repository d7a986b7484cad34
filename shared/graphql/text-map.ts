/** Values by texts. What was asked for longest ago goes when they are longer than `most` together. */
export class TextMap<Value extends object> {
  readonly #values = new Map<string, Value>();
  #length = 0;

  constructor(
    private readonly most: number,
    /** @default the length of its text */
    private readonly lengthOf: (value: Value, text: string) => number = (_value, text) =>
      text.length,
  ) {}

  get(text: string): Value | undefined {
    const value = this.#values.get(text);
    if (value === undefined) return undefined;
    this.#values.delete(text);
    this.#values.set(text, value);
    return value;
  }

  set(text: string, value: Value): void {
    this.#delete(text);
    const length = this.lengthOf(value, text);
    if (length > this.most) return;
    this.#values.set(text, value);
    this.#length += length;
    for (const oldest of this.#values.keys()) {
      if (this.#length <= this.most) return;
      this.#delete(oldest);
    }
  }

  #delete(text: string): void {
    const value = this.#values.get(text);
    if (value === undefined) return;
    this.#values.delete(text);
    this.#length -= this.lengthOf(value, text);
  }
}
