import { LRUCache } from 'lru-cache';
import type { PartnerResponse } from '../partner-port.js';

type ReceivedResponse = Extract<PartnerResponse, { json: unknown }>;
type ResponseHeaders = NonNullable<PartnerResponse['headers']>;

interface CachedResponse {
  readonly requestBody: string;
  readonly response: ReceivedResponse;
  readonly askedAt: number;
  /** On the monotonic clock of `performance.now()`. */
  readonly until: number;
  readonly bytes: number;
}

/** Estimated memory of a parsed response for each byte on the wire. */
const memoryPerByte = 4;

const defaultMaxBytes = 32_000_000;

/**
 * Caches partners’ responses as long as they allow it. All partners share one limit of memory, by
 * estimate.
 */
export class ResponseCache {
  /**
   * All responses in the order of their last use, each with the map of its partner. What is evicted
   * here is deleted there.
   */
  readonly #all: LRUCache<CachedResponse, Map<string, CachedResponse>>;

  constructor(maxBytes = defaultMaxBytes) {
    this.#all = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: (_own, { bytes }) => bytes,
      dispose: (own, cached) => {
        if (own.get(cached.requestBody) === cached) own.delete(cached.requestBody);
      },
    });
  }

  /** Opens the cache of one partner. */
  openPartner(): PartnerCache {
    return new PartnerCache(this.#all);
  }
}

/** The cached responses of one partner. */
export class PartnerCache {
  readonly #own = new Map<string, CachedResponse>();

  constructor(private readonly all: LRUCache<CachedResponse, Map<string, CachedResponse>>) {}

  get(requestBody: string): PartnerResponse | undefined {
    const cached = this.#own.get(requestBody);
    if (!cached) return undefined;
    if (cached.until <= performance.now()) {
      this.all.delete(cached);
      return undefined;
    }
    this.all.get(cached);
    const { response, askedAt } = cached;
    const { headers } = response;
    return headers ? { ...response, headers: addAge(headers, askedAt) } : response;
  }

  /** @param askedAt when the request was sent, on the clock of `performance.now()` */
  set(
    requestBody: string,
    { json, httpStatus, freshness, budget, headers }: ReceivedResponse,
    askedAt: number,
  ): void {
    if (!freshness) return;
    const previous = this.#own.get(requestBody);
    if (previous) this.all.delete(previous);
    const cached: CachedResponse = {
      requestBody,
      response: {
        json,
        httpStatus,
        budget,
        isSecondHand: true,
        cachedSeconds: freshness.seconds,
        headers,
      },
      askedAt,
      until: askedAt + freshness.seconds * 1_000,
      bytes: freshness.bytes * memoryPerByte + (requestBody.length + lengthOf(headers)) * 2,
    };
    this.#own.set(requestBody, cached);
    this.all.set(cached, this.#own);
    // A response that is larger than the whole cache is not stored.
    if (!this.all.has(cached)) this.#own.delete(requestBody);
  }

  clear(): void {
    for (const cached of this.#own.values()) this.all.delete(cached);
  }
}

const lengthOf = (headers: ResponseHeaders = {}): number =>
  Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length, 0);

/** The headers of a cached response: it is older by the time since it was requested. */
function addAge(headers: ResponseHeaders, askedAt: number): ResponseHeaders {
  const seconds = Math.ceil((performance.now() - askedAt) / 1_000);
  return { ...headers, age: String(Number(headers['age'] ?? 0) + seconds) };
}
