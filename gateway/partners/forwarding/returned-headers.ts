import type { PartnerResponse } from '../partner-port.js';
import type { Forwarding } from './read-rules.js';

/** What subgraphs say of caching one operation’s response. */
interface Caching {
  readonly seconds: number;
  readonly isPublic: boolean;
  readonly mustRevalidate: boolean;
}

function readDirective(text: string): readonly [string, string | undefined] {
  const [name = '', value] = text.trim().split('=', 2);
  return [name, value?.replaceAll('"', '')];
}

/** Undefined if it may not be cached at all. What says nothing may not. */
function readCaching(response: PartnerResponse): Caching | undefined {
  const { headers = {} } = response;
  if ('failure' in response) return undefined;
  const directives = new Map(
    (headers['cache-control'] ?? '').toLowerCase().split(',').map(readDirective),
  );
  const said = Number(directives.get('max-age'));
  const age = Number(headers['age'] ?? 0) + (response.cachedSeconds ?? 0);
  const seconds = Math.floor(said - age);
  if (directives.has('no-store') || directives.has('no-cache') || !(seconds > 0)) return undefined;
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
  #areCachesNamed = false;

  add({ varies, response: names }: Forwarding, response: PartnerResponse): void {
    for (const name of varies) this.#varies.add(name);
    const isNamed = names.includes('cache-control');
    this.#areCachesNamed ||= isNamed;
    this.#caching.push(isNamed ? readCaching(response) : undefined);
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
      ...(this.#areCachesNamed ? [['cache-control', this.#strictest(isWhole)] as const] : []),
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
