import { ClientWatch } from '@hub/shared/graphql';
import type { Reader } from '@hub/shared/identity';
import {
  clientGone,
  judgeDeadline,
  leastShare,
  passedDeadline,
  type PartnerAnswer,
  type PartnerCall,
  type PartnerPort,
} from '../partner-port.js';

/**
 * Asks one partner once for all who ask the same at the same time with the same rights. Nobody joins a call that ends
 * later than it may wait: the partner is told how long that is, and names who else is missing before it is over.
 */
export class SharedCalls {
  /** By reader. */
  readonly #underWay = new Map<string, ReadersCalls>();

  constructor(
    private readonly port: Pick<PartnerPort, 'ask'>,
    private readonly deadlineMs: number,
  ) {}

  /** @param call a query; nothing else may be asked for two at once */
  ask(call: PartnerCall): Promise<PartnerAnswer> {
    const { body } = call;
    const remaining = call.deadline - Date.now();
    if (call.signal.aborted) return Promise.resolve(clientGone);
    if (remaining <= 0) return Promise.resolve(passedDeadline(call, this.deadlineMs));
    const rights = readRights(call.reader);
    let own = this.#underWay.get(rights);
    let shared = own?.get(body);
    if (!shared?.canBeSharedFor(remaining) || call.wantsFresh) {
      // Whoever has little time asks by itself, and cuts nobody else’s short.
      if (remaining < this.deadlineMs * leastShare) return this.port.ask(call);
      if (!own) this.#underWay.set(rights, (own = new ReadersCalls()));
      const end = () => this.#end(rights, body, shared);
      shared = new SharedCall(call, Math.min(this.deadlineMs, remaining), end);
      own.add(body, shared);
      shared.start(this.port);
    }
    return shared.wait(call, this.deadlineMs);
  }

  /** Whoever asks from now on is not answered by what was asked before. */
  forget(): void {
    this.#underWay.clear();
  }

  #end(rights: string, body: string, shared: SharedCall | undefined): void {
    const own = this.#underWay.get(rights);
    // Since a write there may be another in its place.
    if (own?.get(body) !== shared) return;
    own?.delete(body);
    if (own?.size === 0) this.#underWay.delete(rights);
  }
}

/** After so many calls they are moved to a new map. */
const movedAfter = 256;

/**
 * One reader's calls under way, by what is asked. Of a map that is used for long, V8 links each table to the next: once one
 * table is in the old generation, the calls of all that follow stay until the next full garbage collection.
 */
class ReadersCalls {
  #calls = new Map<string, SharedCall>();
  #added = 0;

  get size(): number {
    return this.#calls.size;
  }

  get(body: string): SharedCall | undefined {
    return this.#calls.get(body);
  }

  add(body: string, call: SharedCall): void {
    this.#added += 1;
    if (this.#added % movedAfter === 0) this.#calls = new Map(this.#calls);
    this.#calls.set(body, call);
  }

  delete(body: string): void {
    this.#calls.delete(body);
  }
}

const knownRights = new WeakMap<Reader, string>();

/** All that a partner is told of a reader, so that two of whom it is told the same are one. */
function readRights(reader: Reader): string {
  if (reader.kind === 'anonymous') return '';
  let rights = knownRights.get(reader);
  if (rights === undefined) {
    const { organisation, subject, role, purpose } = reader;
    rights = JSON.stringify([organisation, subject, role, purpose ?? null]);
    knownRights.set(reader, rights);
  }
  return rights;
}

/** Within this part of the partner’s time a call may be joined. So no more than so many are under way for the same. */
const shareableShare = 4;

/** With this a part that is left out does not compile, be it optional. */
type EveryPart<Whole> = { readonly [Key in keyof Required<Whole>]: Whole[Key] };

interface Waiter {
  readonly resolve: (answer: PartnerAnswer) => void;
  readonly reject: (error: unknown) => void;
  readonly stopWaiting: () => void;
}

/** One call under way, and those who wait for its answer. It ends with the last of them. */
class SharedCall {
  readonly #waiters = new Set<Waiter>();
  readonly #watch = new ClientWatch();
  readonly #until: number;
  readonly #shareableUntil: number;

  constructor(
    /** Whoever asked first. */
    private readonly call: PartnerCall,
    deadlineMs: number,
    /** Told when nobody may join any more. */
    private readonly end: () => void,
  ) {
    const now = Date.now();
    this.#until = now + deadlineMs;
    this.#shareableUntil = now + deadlineMs / shareableShare;
  }

  start(port: Pick<PartnerPort, 'ask'>): void {
    // The partner’s own time ends it. While the hub is late that stands still, and the first one’s operation ends it.
    // Written out: a copy by `...` takes a microsecond, and all that read it are slower.
    const { query, variables, operationName, body, parse, isRepeatable, requestId } = this.call;
    const { reader, deadline, caller, readsClock, time } = this.call;
    const asked: EveryPart<PartnerCall> = {
      query,
      variables,
      operationName,
      body,
      parse,
      isRepeatable,
      requestId,
      reader,
      wantsFresh: undefined,
      signal: this.#watch,
      deadline,
      caller,
      readsClock,
      time,
    };
    port.ask(asked).then(
      (answer) => {
        let isSecondHand = false;
        for (const { resolve } of this.#endAll()) {
          resolve(isSecondHand ? { ...answer, isSecondHand } : answer);
          isSecondHand = true;
        }
      },
      (error: unknown) => this.#endAll().forEach(({ reject }) => reject(error)),
    );
  }

  /**
   * Of one that has taken long it may be that it is never answered, while others are: whoever comes then asks anew, and
   * is not told at once that it was late. And nobody joins whose time ends before the call’s.
   */
  canBeSharedFor(remainingMs: number): boolean {
    const now = Date.now();
    return now < this.#shareableUntil && this.#until <= now + remainingMs;
  }

  wait(call: PartnerCall, deadlineMs: number): Promise<PartnerAnswer> {
    const { signal, deadline } = call;
    const joinedAt = performance.now();
    return new Promise((resolve, reject) => {
      const leave = (answer: PartnerAnswer) => {
        waiter.stopWaiting();
        this.#waiters.delete(waiter);
        if (this.#waiters.size === 0) this.#giveUp();
        resolve(answer);
      };
      const leaveGone = () => leave(clientGone);
      const leaveLate = () => {
        if (!this.#waiters.has(waiter)) return;
        leave(judgeDeadline(call, { deadlineMs, hadMs: performance.now() - joinedAt }));
      };
      // Its operation may end before the call, where the hub is late. What has come meanwhile is read first.
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
