import {
  catalogue,
  HubError,
  isErrorCode,
  isProgrammeRule,
  programmeRules,
  withoutStack,
} from '@hub/shared/errors';
import type { ClientSignal } from '@hub/shared/graphql';
import { anonymous, type Reader } from '@hub/shared/identity';
import type { Caller } from '@hub/shared/limits';
import { GraphQLError } from 'graphql';
import { setMaxListeners } from 'node:events';
import { restoreName } from '../documents/response-names.js';
import type { ResponsePath } from '../documents/response-path.js';
import type { AnswerStatus } from '../partners/call-status.js';
import { plainClock, type CallClock } from '../partners/call-timer.js';

/** An error and its path. The response has the path under the client’s own names, and the hub’s message. */
export interface LocatedError {
  readonly path: ResponsePath;
  /** Of the catalogue, or a foreign subgraph’s own. */
  readonly code: string;
  readonly message?: string;
  readonly partner?: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A value that is null and must not be. */
export interface Loss {
  readonly path: ResponsePath;
  readonly coordinate: string;
}

/** `extensions.completeness` of an answer: who was to be asked, and what came of it. */
export interface Completeness {
  readonly complete: boolean;
  readonly partners: Readonly<Record<string, { readonly status: AnswerStatus }>>;
}

/** The most errors that a response lists: each of ten partners may refuse a thousand fields, and nobody reads more. */
const mostErrors = 20_000;

const moreErrors = (): HubError =>
  new HubError('QUERY_TOO_COMPLEX', {
    message: `The response has more errors than the ${mostErrors.toLocaleString('en')} that it lists. Ask for less at a time.`,
    limit: 'errors',
    most: mostErrors,
  });

/** What becomes of one operation: who answered, what went wrong and where, and which mutations were acknowledged. */
export class OperationRecord {
  readonly #statuses = new Map<string, AnswerStatus>();
  readonly #errors = new Map<string, LocatedError>();
  readonly #written: string[] = [];
  /** The partner of each call under way. */
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
    /** Fires when the client goes away. */
    readonly signal: ClientSignal,
    /** When the whole operation has to be answered, in milliseconds since the epoch. */
    readonly deadline: number,
    /** For whom the partners are asked. */
    readonly reader: Reader = anonymous,
    /** True where nothing that was kept of earlier answers will do. */
    readonly wantsFresh = false,
    /** Whom it takes slots for. @default it needs none */
    readonly caller?: Caller,
    /** Stands still while the hub is late. */
    private readonly clock: CallClock = plainClock,
  ) {
    this.#startedOnClock = clock.now();
    // Every call of the operation listens, and there may be many at a time: of a whole signal node warns of them.
    if (signal instanceof EventTarget) setMaxListeners(0, signal);
  }

  /** Of several calls to one partner, the first fault counts. */
  recordStatus(partner: string, status: AnswerStatus): void {
    const known = this.#statuses.get(partner);
    if (known === undefined || known === 'ANSWERED') this.#statuses.set(partner, status);
  }

  /** An error is said once: of a partner that is missing once for each place, of a refusal once for each place and code. */
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

  /** True when errors were left out: the response says so. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** The hub itself is too busy to resolve this path. */
  recordOverload(path: ResponsePath): void {
    this.#isOverloaded = true;
    this.recordError({ path, code: 'OVERLOADED', extensions: { retryAfter: 1 } });
  }

  /**
   * A partner could not decide at this path, because this hub refused its question. Nobody is named. Unlike the hub’s own
   * overload this comes by a partner’s word, so it costs that partner’s values and nobody else’s.
   */
  recordRefusedQuestion(path: ResponsePath): void {
    this.#isShort = true;
    this.recordError({ path, code: 'OVERLOADED', extensions: { retryAfter: 1 } });
  }

  /** True if the whole operation should be refused: the hub left something out, and nothing was changed. */
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

  /** True while the operation only waits for such partners. */
  waitsOnlyFor(isSuch: (partner: string) => boolean): boolean {
    return this.#calls.length > 0 && this.#calls.every(isSuch);
  }

  /** How much of its time passed while the hub was late, in milliseconds. */
  lostMs(): number {
    const passed = performance.now() - this.startedAt;
    return Math.max(0, passed - (this.clock.now() - this.#startedOnClock));
  }

  /** Names what is missing where no error says so yet: at the place itself, above it or below. */
  recordLosses(losses: readonly Loss[]): void {
    const own = new Set<string>();
    const above = new Set<string>();
    for (const { path } of this.#errors.values()) {
      own.add(JSON.stringify(path));
      path.forEach((_, depth) => above.add(JSON.stringify(path.slice(0, depth))));
    }
    for (const { path, coordinate } of losses) {
      const names = path.map(restorePart);
      const isSaid =
        above.has(JSON.stringify(names)) ||
        [...names, ''].some((_, depth) => own.has(JSON.stringify(names.slice(0, depth))));
      if (isSaid) continue;
      const message = `\`${coordinate}\` is missing, and must not be null.`;
      this.recordError({ path, code: 'INTERNAL_SERVER_ERROR', message });
    }
  }

  recordWritten(responseKey: string): void {
    this.#written.push(restoreName(responseKey));
  }

  get errors(): readonly GraphQLError[] {
    if (this.#errors.size === 0) return [];
    const listed = withoutStack(() =>
      [...this.#errors.values()].map(({ path, code, message, partner, extensions }) => {
        const isInternal = code === 'INTERNAL_SERVER_ERROR';
        const sentence = isProgrammeRule(extensions?.rule)
          ? programmeRules[extensions.rule]
          : isErrorCode(code)
            ? catalogue[code].message
            : 'The subgraph reports an error.';
        return new GraphQLError(message ?? sentence, {
          path,
          extensions: {
            code,
            ...(partner !== undefined && { partner }),
            ...(isInternal && { requestId: this.requestId }),
            ...extensions,
          },
        });
      }),
    );
    return this.#isFull ? [...listed, moreErrors()] : listed;
  }

  get completeness(): Completeness {
    const statuses = [...this.#statuses];
    if (statuses.length > 1) statuses.sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      complete:
        !this.#isOverloaded &&
        !this.#isShort &&
        statuses.every(([, status]) => status === 'ANSWERED'),
      partners: Object.fromEntries(statuses.map(([code, status]) => [code, { status }])),
    };
  }

  /** The response keys of the mutations that their owner acknowledged. */
  get written(): readonly string[] {
    return this.#written;
  }
}

const restorePart = (part: string | number): string | number =>
  typeof part === 'string' ? restoreName(part) : part;
