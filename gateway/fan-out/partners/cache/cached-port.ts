import { isService } from '@hub/shared/identity';
import { SlicedResponse } from '../../../engine/json/compile-parser.js';
import type { LastGoodStore } from '../last-good/last-good-store.js';
import type { PartnerCall, PartnerPort, PartnerResponse } from '../partner-port.js';
import { isRefusal } from '../read-response.js';
import { InFlightCalls } from './in-flight-calls.js';
import type { JoinDocuments } from './join-documents.js';
import { JoinedCalls } from './joined-calls.js';
import type { PartnerCache } from './response-cache.js';

/**
 * What a response to a mutation says about the partner’s data: unchanged, changed, or unknown
 * because the partner may still execute it.
 */
type WriteOutcome = 'nothing' | 'written' | 'unknown';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Judges the outcome of a mutation. A partner that refuses one with a code has changed nothing. */
export function judgeWrite(response: PartnerResponse): WriteOutcome {
  if ('failure' in response) {
    // A partner that refuses the hub executes nothing, and an overloaded hub has sent nothing.
    const isUntouched = response.failure === 'REFUSED' || response.failure === 'OVERLOADED';
    return isUntouched ? 'nothing' : 'unknown';
  }
  const { json, httpStatus } = response;
  if (httpStatus >= 500 && !isOverload(json)) return 'unknown';
  if (httpStatus >= 400) return 'nothing';
  if (!isRecord(json)) return 'written';
  const { data = null, errors } = json;
  const refused = readRefused(errors);
  if (data === null)
    return refused.length > 0 && !refused.includes(undefined) ? 'nothing' : 'written';
  const isUnchanged =
    isRecord(data) &&
    Object.entries(data).every(([key, value]) => value === null && refused.includes(key));
  return isUnchanged ? 'nothing' : 'written';
}

/**
 * True if the partner itself says that it is too busy, so that it executed nothing. A proxy does
 * not send this code.
 */
const isOverload = (json: unknown): boolean =>
  isRecord(json) &&
  json.data === undefined &&
  Array.isArray(json.errors) &&
  (json.errors as unknown[]).some(
    (error) =>
      isRecord(error) && isRecord(error.extensions) && error.extensions.code === 'OVERLOADED',
  );

/**
 * The root fields that errors refuse; the empty text stands for the whole request. Undefined for
 * any other error.
 */
function readRefused(errors: unknown): (string | undefined)[] {
  if (!Array.isArray(errors)) return [];
  return (errors as unknown[]).map((error) => {
    if (!isRecord(error) || !isRecord(error.extensions)) return undefined;
    const { code } = error.extensions;
    if (!isRefusal(code) && code !== 'OVERLOADED') return undefined;
    const { path = [] } = error;
    if (!Array.isArray(path) || path.length > 1) return undefined;
    return String(path[0] ?? '');
  });
}

/** A partner’s data may have changed, through this worker or another worker of the hub. */
export interface Write {
  readonly partner: string;
  /** True if the partner did not respond. It may still execute the mutation. */
  readonly isUndecided: boolean;
}

export interface CachedPortOptions {
  /** For one call, from its start to the last byte of the response. */
  readonly deadlineMs: number;
  readonly cache: PartnerCache;
  /**
   * For how many seconds the response to a document may be cached for every caller, whatever its
   * variables are. This limits what a partner allows. 0 if the document selects anything
   * restricted.
   */
  maxAgeOf(document: string): number;
  /**
   * Called when a mutation ends that may have changed something. Its response waits for the
   * promise.
   */
  onWrite(write: Write): Promise<void>;
  /** Joins the documents that one operation has at one moment. @default each is a request */
  readonly joinDocuments?: JoinDocuments | undefined;
  /** Where the partner’s last good responses are kept. @default nowhere */
  readonly lastGood?: LastGood | undefined;
}

/** The last good responses of one partner. */
export interface LastGood {
  readonly store: Pick<LastGoodStore, 'keep' | 'find'>;
  /** For how long the partner allows them to be shown while it is unavailable. 0: never. It may change. */
  readonly seconds: number;
}

/** A partner behind a cache and in-flight deduplication. */
export interface CachedPort extends PartnerPort {
  /** Clears the cache. Calls that are in flight serve no later caller. */
  invalidate(write?: Pick<Write, 'isUndecided'>): void;
}

type PartnerJson = Extract<PartnerResponse, { readonly json: unknown }>;

/** For how long a partner may still execute a mutation that it did not respond to. */
const undecidedMs = 60_000;

/**
 * Puts a cache and in-flight deduplication in front of a partner. Equal queries of one caller at
 * the same time are one call. Responses that the partner allows to be cached serve every caller.
 * Mutations are never shared. A mutation that changed something, or may have, clears the cache and
 * separates the calls before its end from those after it.
 */
export function createCachedPort(port: PartnerPort, options: CachedPortOptions): CachedPort {
  const { code } = port;
  const { deadlineMs, cache, maxAgeOf, onWrite, lastGood, joinDocuments } = options;
  const joined = joinDocuments && new JoinedCalls((call) => port.ask(call), joinDocuments);
  /** A response that may be cached would be kept for as long only as the strictest of its parts. */
  const isJoined = ({ keeper, query }: PartnerCall) => !keeper && maxAgeOf(query) <= 0;
  /** Separates calls before a write from calls after it. */
  let generation = 0;
  let cachesFrom = 0;
  /** Stores a response for as long as the partner and the schema allow. */
  const store = (response: PartnerJson, call: PartnerCall, askedAt: number): void => {
    const { freshness } = response;
    if (!freshness || !isWhole(response)) return;
    const seconds = Math.min(freshness.seconds, maxAgeOf(call.query));
    if (seconds <= 0) return;
    // Later callers may read what this one leaves as text.
    const json = response.json instanceof SlicedResponse ? response.json.toPlain() : response.json;
    cache.set(keyOf(call), { ...response, json, freshness: { ...freshness, seconds } }, askedAt);
    if (lastGood && lastGood.seconds > 0) lastGood.store.keep(code, call.body, json);
  };
  /** One call. Several callers may wait for it. */
  const read = async (call: PartnerCall): Promise<PartnerResponse> => {
    const startedIn = generation;
    const askedAt = performance.now();
    const response = await (joined && isJoined(call) ? joined.ask(call) : port.ask(call));
    if ('failure' in response) {
      if (isUnavailable(response, call)) cache.clear();
    } else if (startedIn === generation && askedAt >= cachesFrom) {
      store(response, call, askedAt);
    }
    return response;
  };
  const calls = new InFlightCalls({ ask: read }, deadlineMs);

  const invalidate = ({ isUndecided }: Pick<Write, 'isUndecided'> = { isUndecided: false }) => {
    generation += 1;
    cache.clear();
    calls.detach();
    if (isUndecided) cachesFrom = performance.now() + undecidedMs;
  };
  const write = async (call: PartnerCall): Promise<PartnerResponse> => {
    let outcome: WriteOutcome = 'unknown';
    try {
      const response = await port.ask(call);
      outcome = judgeWrite(response);
      return response;
    } finally {
      // Before this, no client knows that the mutation is done, so what is cached is still valid.
      if (outcome !== 'nothing') {
        const isUndecided = outcome === 'unknown';
        invalidate({ isUndecided });
        await onWrite({ partner: code, isUndecided });
      }
    }
  };
  return {
    code,
    ask(call) {
      if (!call.isRepeatable) return write(call);
      // Evidence is of a response to this request.
      if (call.keeper) return read(call);
      const cached = call.wantsFresh ? undefined : cache.get(keyOf(call));
      return cached ? Promise.resolve(cached) : calls.ask(call);
    },
    invalidate,
    // A partner’s own server decides by what it reads, so it gets no old facts.
    findLastGood: async ({ body, reader }) =>
      lastGood && lastGood.seconds > 0 && !isService(reader)
        ? lastGood.store.find(code, body, lastGood.seconds)
        : undefined,
    close: () => port.close(),
  };
}

/** A response may depend on each header that was forwarded. */
const keyOf = ({ body, forwarded }: PartnerCall): string =>
  forwarded ? `${forwarded.key}${body}` : body;

/**
 * Whether a failure means that the partner is unavailable. If the client left or ran out of time, or
 * the hub was late, the partner is not the cause.
 */
const isUnavailable = (
  { failure, isSecondHand }: Extract<PartnerResponse, { readonly failure: unknown }>,
  { signal }: PartnerCall,
): boolean => !signal.aborted && !isSecondHand && failure !== 'OVERLOADED';

/** True for data without errors. */
function isWhole({ json }: { readonly json: unknown }): boolean {
  if (typeof json !== 'object' || json === null) return false;
  const { data, errors } = json as { readonly data?: unknown; readonly errors?: unknown };
  return typeof data === 'object' && data !== null && errors === undefined;
}
