import { readDirectives, readSeconds } from '../cache-control.js';
import type { PartnerResponse } from '../partner-port.js';
import type { Forwarding } from './forwarding-rules.js';

/** What subgraphs say of caching one operation’s response. */
interface Caching {
  readonly seconds: number;
  readonly isPublic: boolean;
  readonly mustRevalidate: boolean;
}

/** Undefined if it may not be cached at all. What says nothing may not. */
function readCaching(response: PartnerResponse): Caching | undefined {
  const { headers = {} } = response;
  if ('failure' in response) return undefined;
  const directives = readDirectives(headers['cache-control'] ?? '');
  const maxAge = readSeconds(directives.get('max-age'));
  const age = readSeconds(headers['age'] ?? '0');
  if (directives.has('no-store') || directives.has('no-cache')) return undefined;
  if (maxAge === undefined || age === undefined) return undefined;
  const seconds = maxAge - age - (response.cachedSeconds ?? 0);
  if (seconds <= 0) return undefined;
  return {
    seconds,
    isPublic: directives.has('public') && !directives.has('private'),
    mustRevalidate: directives.has('must-revalidate') || directives.has('proxy-revalidate'),
  };
}

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
    this.#caching.push(isPassed ? readCaching(response) : undefined);
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
    if (!isWhole || caching.length < this.#caching.length) return 'no-store';
    const scope = caching.every(({ isPublic }) => isPublic) ? 'public' : 'private';
    const seconds = Math.min(...caching.map((one) => one.seconds));
    const more = caching.some(({ mustRevalidate }) => mustRevalidate) ? ', must-revalidate' : '';
    return `${scope}, max-age=${seconds}${more}`;
  }
}
