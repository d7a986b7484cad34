import { ClientWatch } from '@hub/shared/graphql';
import type { Reader } from '@hub/shared/identity';
import {
  clientGone,
  judgeDeadline,
  leastPart,
  passedDeadline,
  type PartnerCall,
  type PartnerPort,
  type PartnerResponse,
} from '../partner-port.js';

/**
 * In-flight deduplication for one partner: equal queries with the same rights at the same time are
 * one call. A caller joins a call only if it may wait until the call’s end, because the partner was
 * told how long the hub waits.
 */
export class InFlightCalls {
  /** By the caller’s rights. */
  readonly #inFlight = new Map<string, CallerCalls>();

  constructor(
    private readonly port: Pick<PartnerPort, 'ask'>,
    private readonly deadlineMs: number,
  ) {}

  /** @param call a query; mutations must not be deduplicated */
  ask(call: PartnerCall): Promise<PartnerResponse> {
    const body = call.layout ? `${call.layout}${call.body}` : call.body;
    const remaining = call.deadline - Date.now();
    if (call.signal.aborted) return Promise.resolve(clientGone);
    if (remaining <= 0) return Promise.resolve(passedDeadline(call, this.deadlineMs));
    const rights = readRights(call);
    let own = this.#inFlight.get(rights);
    let inFlight = own?.get(body);
    if (!inFlight?.canServe(remaining) || call.wantsFresh) {
      // A caller with little time gets an own call, so that it shortens nobody else’s.
      if (remaining < this.deadlineMs * leastPart) return this.port.ask(call);
      if (!own) this.#inFlight.set(rights, (own = new CallerCalls()));
      const end = () => this.#end(rights, body, inFlight);
      inFlight = new InFlightCall(call, Math.min(this.deadlineMs, remaining), end);
      own.add(body, inFlight);
      inFlight.start(this.port);
    }
    return inFlight.wait(call, this.deadlineMs);
  }

  /** Later callers do not join the calls that are in flight now. */
  detach(): void {
    this.#inFlight.clear();
  }

  #end(rights: string, body: string, inFlight: InFlightCall | undefined): void {
    const own = this.#inFlight.get(rights);
    // After a write, another call may have replaced this one.
    if (own?.get(body) !== inFlight) return;
    own?.delete(body);
    if (own?.size === 0) this.#inFlight.delete(rights);
  }
}

/** After this many calls, the calls move to a new map. */
const movedAfter = 256;

/**
 * The calls in flight of one caller, by request body. V8 links each table of a long-lived map to
 * the next one. Once one table is in the old generation, the calls in later tables stay until the
 * next full garbage collection.
 */
class CallerCalls {
  #calls = new Map<string, InFlightCall>();
  #added = 0;

  get size(): number {
    return this.#calls.size;
  }

  get(body: string): InFlightCall | undefined {
    return this.#calls.get(body);
  }

  add(body: string, call: InFlightCall): void {
    this.#added += 1;
    if (this.#added % movedAfter === 0) this.#calls = new Map(this.#calls);
    this.#calls.set(body, call);
  }

  delete(body: string): void {
    this.#calls.delete(body);
  }
}

const knownRights = new WeakMap<Reader, string>();

/**
 * Everything that a partner gets and records about a caller and its program. Callers with the same
 * rights can share a call.
 */
function readRights({ reader, clientName, forwarded }: PartnerCall): string {
  const rights = readRightsOf(reader);
  const named = clientName === undefined ? rights : `${rights}\n${clientName}`;
  return forwarded ? `${named}\n${forwarded.key}` : named;
}

function readRightsOf(reader: Reader): string {
  if (reader.kind === 'anonymous') return '';
  let rights = knownRights.get(reader);
  if (rights === undefined) {
    rights = JSON.stringify(reader);
    knownRights.set(reader, rights);
  }
  return rights;
}

/**
 * A call can be joined within one of this many parts of the partner’s time. This also bounds how
 * many equal calls run.
 */
const joinablePart = 4;

/** Makes the compiler reject an object that lacks a part, even an optional one. */
type EveryPart<Whole> = { readonly [Key in keyof Required<Whole>]: Whole[Key] };

interface Waiter {
  readonly resolve: (response: PartnerResponse) => void;
  readonly reject: (error: unknown) => void;
  readonly stopWaiting: () => void;
}

/**
 * One call in flight, and the callers that wait for its response. When the last of them leaves, it
 * is cancelled.
 */
class InFlightCall {
  readonly #waiters = new Set<Waiter>();
  readonly #watch = new ClientWatch();
  readonly #until: number;
  readonly #joinableUntil: number;

  constructor(
    /** The first caller’s. */
    private readonly call: PartnerCall,
    deadlineMs: number,
    /** Called when no more callers may join. */
    private readonly end: () => void,
  ) {
    const now = Date.now();
    this.#until = now + deadlineMs;
    this.#joinableUntil = now + deadlineMs / joinablePart;
  }

  start(port: Pick<PartnerPort, 'ask'>): void {
    // The partner’s time ends the call. That clock stands still while the hub is late; then the
    // first caller’s operation ends it. The properties are written out because a copy by `...`
    // takes a microsecond and makes later reads slower.
    const { query, variables, operationName, body, parse, layout, isRepeatable } = this.call;
    const { requestId, reader, clientName, traceparent, forwarded, deadline } = this.call;
    const { caller, readsClock, combinedIn, time } = this.call;
    const request: EveryPart<PartnerCall> = {
      query,
      variables,
      operationName,
      body,
      parse,
      layout,
      isRepeatable,
      requestId,
      reader,
      clientName,
      traceparent,
      forwarded,
      wantsFresh: undefined,
      keeper: undefined,
      signal: this.#watch,
      deadline,
      caller,
      readsClock,
      combinedIn,
      time,
    };
    port.ask(request).then(
      (response) => {
        const [first, ...others] = this.#endAll();
        first?.resolve(response);
        if (others.length === 0) return;
        // One copy for all of them.
        const secondHand = { ...response, isSecondHand: true };
        for (const { resolve } of others) resolve(secondHand);
      },
      (error: unknown) => this.#endAll().forEach(({ reject }) => reject(error)),
    );
  }

  /**
   * True if a caller with this much time left can join. A call that has taken long may never get a
   * response, so a new caller gets a new call instead of an immediate timeout.
   */
  canServe(remainingMs: number): boolean {
    const now = Date.now();
    return now < this.#joinableUntil && this.#until <= now + remainingMs;
  }

  wait(call: PartnerCall, deadlineMs: number): Promise<PartnerResponse> {
    const { signal, deadline } = call;
    const joinedAt = performance.now();
    return new Promise((resolve, reject) => {
      const leave = (response: PartnerResponse) => {
        waiter.stopWaiting();
        this.#waiters.delete(waiter);
        if (this.#waiters.size === 0) this.#giveUp();
        resolve(response);
      };
      const leaveGone = () => leave(clientGone);
      const leaveLate = () => {
        if (!this.#waiters.has(waiter)) return;
        leave(judgeDeadline(call, { deadlineMs, hadMs: performance.now() - joinedAt }));
      };
      // The operation may end before the call if the hub is late. What has arrived meanwhile is
      // read first.
      const isEarlier = deadline < this.call.deadline;
      const timer = isEarlier
        ? setTimeout(() => setImmediate(leaveLate), deadline - Date.now())
        : undefined;
      const waiter: Waiter = {
        resolve,
        reject,
        stopWaiting() {
          clearTimeout(timer);
          signal.removeEventListener('abort', leaveGone);
        },
      };
      signal.addEventListener('abort', leaveGone, { once: true });
      this.#waiters.add(waiter);
    });
  }

  #giveUp(): void {
    this.end();
    this.#watch.abort();
  }

  #endAll(): Waiter[] {
    this.end();
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const { stopWaiting } of waiters) stopWaiting();
    return waiters;
  }
}
