import type { Caller, ClientSignal } from '@hub/shared/graphql';
import { anonymous, type Reader } from '@hub/shared/identity';
import type { Span } from '@hub/shared/server';
import { setMaxListeners } from 'node:events';
import { restoreName } from '../engine/documents/response-names.js';
import type { ResponsePath } from '../engine/documents/response-path.js';
import { DanglingReferences, type DanglingReference } from './dangling-references.js';
import {
  ErrorList,
  type LocatedError,
  type Loss,
  type PlaceError,
  type ReportedError,
} from './error-list.js';
import type { OperationTrace } from './operation-trace.js';
import type { CallKeeper } from './partners/call-keeper.js';
import type { CompletenessStatus } from './partners/call-status.js';
import { plainClock, type CallClock } from './partners/call-timer.js';
import type { Headers } from './partners/forwarding/pick-headers.js';
import { ReturnedHeaders } from './partners/forwarding/returned-headers.js';

/** `extensions.completeness` of a response: which partners were needed, and the status of each. */
export interface Completeness {
  readonly complete: boolean;
  readonly partners: Readonly<Record<string, PartnerInResponse>>;
  /**
   * The countries and ids of the arguments that name no partner. Nobody was asked about them, and
   * nothing that a partner has is missing. Undefined if there are none.
   */
  readonly uncovered?: readonly string[];
}

/** A partner’s part in a response. */
interface PartnerInResponse {
  readonly status: CompletenessStatus;
  /** Only for `STALE`: how old the oldest of its facts is. */
  readonly ageSeconds?: number;
}

/** Statuses that are less than a failure, the least first. */
const mild: readonly CompletenessStatus[] = ['ANSWERED', 'STALE', 'LACKS_FIELD'];

/** The greater one is reported. Of stale facts, the oldest count. */
const rankOf = ({ status, ageSeconds = 0 }: PartnerInResponse): number => {
  const rank = mild.indexOf(status);
  return (rank < 0 ? mild.length : rank) + ageSeconds / (ageSeconds + 1);
};

function raise(
  statuses: Map<string, PartnerInResponse>,
  partner: string,
  next: PartnerInResponse,
): void {
  const known = statuses.get(partner);
  if (known === undefined || rankOf(next) > rankOf(known)) statuses.set(partner, next);
}

/**
 * The record of one operation: the status of each partner, the errors and their paths, and the
 * acknowledged mutations.
 */
export class OperationRecord {
  readonly #statuses = new Map<string, PartnerInResponse>();
  /** The same, of the calls that gave facts. */
  readonly #given = new Map<string, PartnerInResponse>();
  readonly #errors: ErrorList;
  readonly #uncovered = new Set<string>();
  readonly #written: string[] = [];
  /** The partner of each call in flight. */
  readonly #calls: string[] = [];
  /** How long it waited in vain for each partner, in milliseconds. */
  readonly #waits = new Map<string, number>();
  /** Partners that are missing because another one took the time. */
  readonly #excused = new Set<string>();
  readonly dangling = new DanglingReferences();
  /** What the partners gave, under the names of the plan, if errors are to be placed. */
  tree: unknown;
  /** On the clock of `performance.now()`. */
  readonly startedAt = performance.now();
  readonly #startedOnClock: number;
  #returned: ReturnedHeaders | undefined;
  #isOverloaded = false;
  #isShort = false;
  #mayHaveChanged = false;

  constructor(
    readonly requestId: string,
    /** Fires when the client disconnects. */
    readonly signal: ClientSignal,
    /** The deadline of the whole operation, in milliseconds since the epoch. */
    readonly deadline: number,
    /** The caller. */
    readonly reader: Reader = anonymous,
    /** True if cached responses must not be used. */
    readonly wantsFresh = false,
    /** Whose slots its calls take. @default they need none */
    readonly caller?: Caller,
    /** Stands still while the hub is late. */
    private readonly clock: CallClock = plainClock,
    /** What the client calls its program. @default it has no name */
    readonly clientName?: string,
    /** Notes the calls for the caller. @default nothing is noted */
    readonly trace?: OperationTrace,
    /** Its span, of which its steps are parts. @default it is not traced */
    readonly span?: Span,
    /** Keeps its calls for evidence. @default they are not kept */
    readonly keeper?: CallKeeper,
    /** The headers of the client’s request, for foreign subgraphs. @default it has none */
    readonly headers: Headers = {},
  ) {
    this.#startedOnClock = clock.now();
    this.#errors = new ErrorList(requestId);
    // Every call of the operation listens. Without this, Node warns about the number of listeners.
    if (signal instanceof EventTarget) setMaxListeners(0, signal);
  }

  /**
   * If a partner gets several calls, the first failure counts, and nothing else hides one.
   * @param ageSeconds how old its facts are, if they are `STALE`
   */
  recordStatus(partner: string, status: CompletenessStatus, ageSeconds?: number): void {
    const next = ageSeconds === undefined ? { status } : { status, ageSeconds };
    raise(this.#statuses, partner, next);
    if (status === 'ANSWERED' || status === 'STALE') raise(this.#given, partner, next);
  }

  recordError(error: LocatedError): void {
    this.#errors.add(error);
  }

  /** True if errors were left out. The response says so. */
  get isFull(): boolean {
    return this.#errors.isFull;
  }

  /**
   * A record that is referred to at this path does not exist.
   * @param giver the partner that refers to it
   */
  recordDangling(
    path: ResponsePath,
    { owner, representation: { id } }: DanglingReference,
    giver: string | undefined,
  ): void {
    this.#isShort = true;
    const extensions = { ...(owner !== undefined && { owner }), ...(id !== undefined && { id }) };
    this.recordError({
      path,
      code: 'DANGLING_REFERENCE',
      ...(giver !== undefined && { partner: giver }),
      extensions,
    });
  }

  /** Rows are left out of a list, and the errors of the others move. */
  leaveOut(list: ResponsePath, rows: ReadonlySet<number>): void {
    this.#errors.leaveOut(list, rows);
  }

  /**
   * Moves the errors to their places in the client’s own selection. A partner that is missing at
   * none of them was asked in vain: the operation does not need what it did not give.
   */
  placeErrors(placesOf: PlaceError): void {
    const { missing } = this.#errors;
    this.#errors.place(placesOf);
    if (this.isFull) return;
    const placed = this.#errors.missing;
    for (const partner of missing) {
      if (placed.has(partner)) continue;
      const given = this.#given.get(partner);
      if (given) this.#statuses.set(partner, given);
      else this.#statuses.delete(partner);
    }
  }

  /** A value that decides whom to ask names no partner, so that nobody was asked. */
  recordUncovered(value: unknown): void {
    this.#uncovered.add(String(value));
  }

  /** The hub itself is too busy to resolve this path. */
  recordOverload(path: ResponsePath): void {
    this.#isOverloaded = true;
    this.recordError({ path, code: 'OVERLOADED', extensions: { retryAfter: 1 } });
  }

  /**
   * A partner could not decide at this path, because this hub refused its request. No partner is
   * reported. Unlike the hub’s own overload, this comes from a partner, so only that partner’s
   * values are missing.
   */
  recordRefusedRequest(path: ResponsePath): void {
    this.#isShort = true;
    this.recordError({ path, code: 'OVERLOADED', extensions: { retryAfter: 1 } });
  }

  /**
   * True if the whole operation must be refused: the hub left something out, and nothing was
   * changed.
   */
  get isRefused(): boolean {
    return this.#isOverloaded && !this.#mayHaveChanged;
  }

  /** A mutation was sent. */
  recordChange(): void {
    this.#mayHaveChanged = true;
  }

  /** The operation waited for a partner that did not respond in time. */
  recordWait(partner: string, ms: number): void {
    this.#waits.set(partner, Math.max(ms, this.#waits.get(partner) ?? 0));
  }

  /** The partner for which it waited longest in vain. */
  get longestWait(): string | undefined {
    return [...this.#waits].toSorted(([, a], [, b]) => b - a)[0]?.[0];
  }

  /** The partner is missing, and is not the cause. */
  excuse(partner: string): void {
    this.#excused.add(partner);
  }

  isExcused(partner: string): boolean {
    return this.#excused.has(partner);
  }

  beginCall(partner: string): void {
    this.#calls.push(partner);
  }

  endCall(partner: string): void {
    const index = this.#calls.lastIndexOf(partner);
    if (index >= 0) this.#calls.splice(index, 1);
  }

  /** True while every call in flight is to such a partner. */
  waitsOnlyFor(isSuch: (partner: string) => boolean): boolean {
    return this.#calls.length > 0 && this.#calls.every(isSuch);
  }

  /** How long the hub was late during the operation, in milliseconds. */
  lostMs(): number {
    const passed = performance.now() - this.startedAt;
    return Math.max(0, passed - (this.clock.now() - this.#startedOnClock));
  }

  /** Adds an error for each loss that no error explains yet. */
  recordLosses(losses: readonly Loss[]): void {
    this.#errors.addLosses(losses);
  }

  /** The headers that come back from foreign subgraphs. */
  get returned(): ReturnedHeaders {
    return (this.#returned ??= new ReturnedHeaders());
  }

  /** For the client’s response. */
  listReturned(isWhole: boolean): ReturnType<ReturnedHeaders['list']> {
    return this.#returned?.list(isWhole) ?? [];
  }

  recordWritten(responseKey: string): void {
    this.#written.push(restoreName(responseKey));
  }

  get hasErrors(): boolean {
    return this.#errors.hasSome;
  }

  get errors(): readonly ReportedError[] {
    return this.#errors.reported;
  }

  get completeness(): Completeness {
    const statuses = [...this.#statuses];
    if (statuses.length > 1) statuses.sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      complete:
        !this.#isOverloaded &&
        !this.#isShort &&
        statuses.every(([, { status }]) => status === 'ANSWERED'),
      partners: Object.fromEntries(statuses),
      ...(this.#uncovered.size > 0 && { uncovered: [...this.#uncovered].toSorted() }),
    };
  }

  /** The response keys of the mutations that their owners acknowledged. */
  get written(): readonly string[] {
    return this.#written;
  }
}
