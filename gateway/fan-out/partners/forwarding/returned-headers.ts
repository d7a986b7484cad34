import { readCaching, type Caching } from '../cache-control.js';
import type { PartnerResponse } from '../partner-port.js';
import type { Forwarding } from './forwarding-rules.js';

/**
 * The most characters of one header, and of all. Clients refuse a response with more headers than
 * they read: 16 KB in Node, and some proxies 8 KB.
 */
const most = { ofOne: 2_048, ofAll: 8_192 } as const;

const separator = ', ';

/** The headers that come back from the subgraphs of one operation. */
export class ReturnedHeaders {
  readonly #values = new Map<string, Set<string>>();
  /** The headers that were too long. */
  readonly #dropped = new Set<string>();
  readonly #caching: (Caching | undefined)[] = [];
  /** The headers of the client’s request on which the response depends. */
  readonly #varies = new Set<string>();
  #passesCacheControl = false;

  /** Returns the headers that became too long. Clients do not get them. */
  add({ varies, response: names }: Forwarding, response: PartnerResponse): readonly string[] {
    for (const name of varies) this.#varies.add(name);
    const isPassed = names.includes('cache-control');
    this.#passesCacheControl ||= isPassed;
    this.#caching.push(
      isPassed && 'json' in response ? readCaching(response.headers ?? {}) : undefined,
    );
    const tooLong: string[] = [];
    for (const name of names) {
      const value = response.headers?.[name];
      if (value === undefined || name === 'cache-control' || this.#dropped.has(name)) continue;
      const values = this.#values.get(name) ?? new Set();
      this.#values.set(name, values.add(value));
      if (lengthOf([name, values]) <= most.ofOne && this.#length <= most.ofAll) continue;
      this.#values.delete(name);
      this.#dropped.add(name);
      tooLong.push(name);
    }
    return tooLong;
  }

  get #length(): number {
    return [...this.#values].map(lengthOf).reduce((sum, length) => sum + length, 0);
  }

  /** @param isWhole whether the response has all that was asked for, and changed nothing */
  list(isWhole: boolean): readonly (readonly [string, string])[] {
    return [
      ...[...this.#values].map(([name, values]) => [name, [...values].join(separator)] as const),
      ...(this.#passesCacheControl ? [['cache-control', this.#strictest(isWhole)] as const] : []),
      ...(this.#varies.size > 0 ? [['vary', [...this.#varies].join(', ')] as const] : []),
    ];
  }

  #strictest(isWhole: boolean): string {
    const caching = this.#caching.flatMap((one) => one ?? []);
    const seconds = Math.min(...caching.map((one) => one.seconds));
    if (!isWhole || caching.length < this.#caching.length || seconds <= 0) return 'no-store';
    const scope = caching.every(({ isPublic }) => isPublic) ? 'public' : 'private';
    const restrictions = new Set(caching.flatMap((one) => one.restrictions).toSorted());
    return [scope, `max-age=${seconds}`, ...restrictions].join(', ');
  }
}

/** The length of a header in a response, with its name. */
const lengthOf = ([name, values]: readonly [string, ReadonlySet<string>]): number =>
  [name, ...values].reduce((sum, text) => sum + text.length + separator.length, 0);
