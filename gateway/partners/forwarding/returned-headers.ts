import { readCaching, type Caching } from '../cache-control.js';
import type { PartnerResponse } from '../partner-port.js';
import type { Forwarding } from './forwarding-rules.js';

/** The headers that come back from the subgraphs of one operation. */
export class ReturnedHeaders {
  readonly #values = new Map<string, Set<string>>();
  readonly #caching: (Caching | undefined)[] = [];
  /** The headers of the client’s request on which the response depends. */
  readonly #varies = new Set<string>();
  #passesCacheControl = false;

  add({ varies, response: names }: Forwarding, response: PartnerResponse): void {
    for (const name of varies) this.#varies.add(name);
    const isPassed = names.includes('cache-control');
    this.#passesCacheControl ||= isPassed;
    this.#caching.push(
      isPassed && 'json' in response ? readCaching(response.headers ?? {}) : undefined,
    );
    for (const name of names) {
      const value = response.headers?.[name];
      if (value === undefined || name === 'cache-control') continue;
      const values = this.#values.get(name) ?? new Set();
      this.#values.set(name, values.add(value));
    }
  }

  /** @param isWhole whether the response has all that was asked for, and changed nothing */
  list(isWhole: boolean): readonly (readonly [string, string])[] {
    return [
      ...[...this.#values].map(([name, values]) => [name, [...values].join(', ')] as const),
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
