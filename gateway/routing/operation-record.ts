import {
  catalogue,
  isErrorCode,
  isProgrammeRule,
  programmeRules,
  type ErrorCode,
} from '@hub/shared/errors';
import type { ClientSignal } from '@hub/shared/graphql';
import { anonymous, type Reader } from '@hub/shared/identity';
import type { Caller } from '@hub/shared/limits';
import type { Span } from '@hub/shared/tracing';
import type { GraphQLFormattedError } from 'graphql';
import { setMaxListeners } from 'node:events';
import { restoreName } from '../documents/response-names.js';
import type { ResponsePath } from '../documents/response-path.js';
import type { CallKeeper } from '../partners/call-keeper.js';
import type { CompletenessStatus } from '../partners/call-status.js';
import { plainClock, type CallClock } from '../partners/call-timer.js';
import type { OperationTrace } from './operation-trace.js';

/**
 * An error and its path. The response has the path under the client’s own names, and the hub’s
 * message.
 */
export interface LocatedError {
  readonly path: ResponsePath;
  /** A code of the catalogue, or of a foreign subgraph. */
  readonly code: string;
  readonly message?: string;
  readonly partner?: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * An error of the response. A plain object: nothing catches it, and creating a `GraphQLError` for
 * each refused field took longer than reading the partners’ responses.
 */
export interface ReportedError extends GraphQLFormattedError {
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** A null where the schema does not allow one. */
export interface Loss {
  readonly path: ResponsePath;
  readonly coordinate: string;
}

/** `extensions.completeness` of a response: which partners were needed, and the status of each. */
export interface Completeness {
  readonly complete: boolean;
  readonly partners: Readonly<Record<string, PartnerInResponse>>;
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

/**
 * The most errors that a response lists. Each of ten partners may refuse a thousand fields, and
 * nobody reads more.
 */
const mostErrors = 20_000;

const moreErrors: ReportedError = {
  message: `The response has more errors than the ${mostErrors.toLocaleString('en')} that it lists. Ask for less at a time.`,
  extensions: { code: 'QUERY_TOO_COMPLEX' satisfies ErrorCode, limit: 'errors', most: mostErrors },
};

/**
 * The record of one operation: the status of each partner, the errors and their paths, and the
 * acknowledged mutations.
 */
export class OperationRecord {
  readonly #statuses = new Map<string, PartnerInResponse>();
  readonly #errors = new Map<string, LocatedError>();
  readonly #written: string[] = [];
  /** The partner of each call in flight. */
  readonly #calls: string[] = [];
  /** On the clock of `performance.now()`. */
  readonly startedAt = performance.now();
  readonly #startedOnClock: number;
  #isOverloaded = false;
  #isShort = false;
  #mayHaveChanged = false;
  #isFull = false;

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
  ) {
    this.#startedOnClock = clock.now();
    // Every call of the operation listens. Without this, Node warns about the number of listeners.
    if (signal instanceof EventTarget) setMaxListeners(0, signal);
  }

  /**
   * If a partner gets several calls, the first failure counts, and nothing else hides one.
   * @param ageSeconds how old its facts are, if they are `STALE`
   */
  recordStatus(partner: string, status: CompletenessStatus, ageSeconds?: number): void {
    const known = this.#statuses.get(partner);
    const next = ageSeconds === undefined ? { status } : { status, ageSeconds };
    if (known === undefined || rankOf(next) > rankOf(known)) this.#statuses.set(partner, next);
  }

  /**
   * Each error is listed once: a missing partner once for each place, a refusal once for each place
   * and code.
   */
  recordError(error: LocatedError): void {
    if (this.#isFull) return;
    const isMissing = error.partner !== undefined && error.code.startsWith('PARTNER_');
    const what = isMissing ? error.partner : error.code;
    const path = error.path.map(restorePart);
    const key = JSON.stringify([path, what]);
    if (this.#errors.has(key)) return;
    if (this.#errors.size < mostErrors) this.#errors.set(key, { ...error, path });
    else this.#isFull = true;
  }

  /** True if errors were left out. The response says so. */
  get isFull(): boolean {
    return this.#isFull;
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

  /**
   * Adds an error for each loss that no error explains yet, at the same path, above it or below it.
   */
  recordLosses(losses: readonly Loss[]): void {
    const own = new Set<string>();
    const above = new Set<string>();
    for (const { path } of this.#errors.values()) {
      own.add(JSON.stringify(path));
      path.forEach((_, depth) => above.add(JSON.stringify(path.slice(0, depth))));
    }
    for (const { path, coordinate } of losses) {
      const names = path.map(restorePart);
      const isReported =
        above.has(JSON.stringify(names)) ||
        [...names, ''].some((_, depth) => own.has(JSON.stringify(names.slice(0, depth))));
      if (isReported) continue;
      const message = `\`${coordinate}\` is missing, and must not be null.`;
      this.recordError({ path, code: 'INTERNAL_SERVER_ERROR', message });
    }
  }

  recordWritten(responseKey: string): void {
    this.#written.push(restoreName(responseKey));
  }

  get errors(): readonly ReportedError[] {
    if (this.#errors.size === 0) return [];
    const listed = [...this.#errors.values()].map((error) => this.#report(error));
    return this.#isFull ? [...listed, moreErrors] : listed;
  }

  #report({ path, code, message, partner, extensions }: LocatedError): ReportedError {
    const isInternal = code === 'INTERNAL_SERVER_ERROR';
    const sentence = isProgrammeRule(extensions?.rule)
      ? programmeRules[extensions.rule]
      : isErrorCode(code)
        ? catalogue[code].message
        : 'The subgraph reports an error.';
    return {
      message: message ?? sentence,
      path,
      extensions: {
        code,
        ...(partner !== undefined && { partner }),
        ...(isInternal && { requestId: this.requestId }),
        ...extensions,
      },
    };
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
    };
  }

  /** The response keys of the mutations that their owners acknowledged. */
  get written(): readonly string[] {
    return this.#written;
  }
}

const restorePart = (part: string | number): string | number =>
  typeof part === 'string' ? restoreName(part) : part;
