import { LRUCache } from 'lru-cache';
import type { PartnerAnswer } from '../partner-port.js';

type Given = Extract<PartnerAnswer, { json: unknown }>;

interface Kept {
  readonly question: string;
  readonly answer: Given;
  /** On the clock of `performance.now()`, which nobody sets back. */
  readonly until: number;
  readonly bytes: number;
}

/** What an answer takes in memory, parsed, for each byte as it came. */
const memoryPerByte = 4;

const defaultMaxBytes = 32_000_000;

/** What partners let the hub keep of their answers: of all together no more than so many bytes, by estimate. */
export class KeptAnswers {
  /** Each with the shelf that it stands on, by use: what falls out here is taken from there. */
  readonly #all: LRUCache<Kept, Map<string, Kept>>;

  constructor(maxBytes = defaultMaxBytes) {
    this.#all = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: (_own, { bytes }) => bytes,
      dispose: (own, kept) => {
        if (own.get(kept.question) === kept) own.delete(kept.question);
      },
    });
  }

  /** The part of one partner. */
  openShelf(): KeptShelf {
    return new KeptShelf(this.#all);
  }
}

/** What is kept of one partner’s answers. */
export class KeptShelf {
  readonly #own = new Map<string, Kept>();

  constructor(private readonly all: LRUCache<Kept, Map<string, Kept>>) {}

  get(question: string): PartnerAnswer | undefined {
    const kept = this.#own.get(question);
    if (!kept) return undefined;
    if (kept.until <= performance.now()) {
      this.all.delete(kept);
      return undefined;
    }
    this.all.get(kept);
    return kept.answer;
  }

  /** @param askedAt on the clock of `performance.now()` */
  keep(question: string, { json, httpStatus, freshness }: Given, askedAt: number): void {
    if (!freshness) return;
    const known = this.#own.get(question);
    if (known) this.all.delete(known);
    const kept: Kept = {
      question,
      answer: { json, httpStatus, isSecondHand: true },
      until: askedAt + freshness.seconds * 1_000,
      bytes: freshness.bytes * memoryPerByte + question.length * 2,
    };
    this.#own.set(question, kept);
    this.all.set(kept, this.#own);
    // One that is larger than all that may be kept is not.
    if (!this.all.has(kept)) this.#own.delete(question);
  }

  clear(): void {
    for (const kept of this.#own.values()) this.all.delete(kept);
  }
}
