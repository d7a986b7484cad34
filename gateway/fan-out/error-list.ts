import {
  catalogue,
  type ErrorCode,
  isErrorCode,
  isProgrammeRule,
  sentenceOfRule,
  usedKeyMessage,
} from '@hub/shared/errors';
import type { GraphQLFormattedError } from 'graphql';
import { restoreName } from '../engine/documents/response-names.js';
import type { ResponsePath } from '../engine/documents/response-path.js';

/**
 * An error and its path, which has the names of the plan. The response has the client’s own names,
 * and the hub’s message.
 */
export interface LocatedError {
  readonly path: ResponsePath;
  /** A code of the catalogue, or of a foreign subgraph. */
  readonly code: string;
  readonly message?: string;
  readonly partner?: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** What is missing of the entity at the path, as response keys. @default all of it */
  readonly fields?: Iterable<string> | undefined;
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

/** The places of an error in the client’s own selection. */
export type PlaceError = (error: LocatedError) => readonly ResponsePath[];

/**
 * The most errors that a response lists. Each of ten partners may refuse a thousand fields, and
 * nobody reads more.
 */
const mostErrors = 20_000;

const moreErrors: ReportedError = {
  message: `The response has more errors than the ${mostErrors.toLocaleString('en')} that it lists. Ask for less at a time.`,
  extensions: { code: 'QUERY_TOO_COMPLEX' satisfies ErrorCode, limit: 'errors', most: mostErrors },
};

/** The errors of one operation. */
export class ErrorList {
  #errors = new Map<string, LocatedError>();
  #isFull = false;

  constructor(readonly requestId: string) {}

  /**
   * Each error is listed once: a missing partner once for each place, a refusal once for each place
   * and code.
   */
  add(error: LocatedError): void {
    if (!this.#isFull) this.#put(error);
  }

  #put(error: LocatedError): void {
    const key = JSON.stringify([error.path, missingOf(error) ?? error.code]);
    const known = this.#errors.get(key);
    if (known) {
      if (known.fields)
        this.#errors.set(key, {
          ...known,
          fields: error.fields && new Set([...known.fields, ...error.fields]),
        });
    } else if (this.#errors.size < mostErrors) this.#errors.set(key, error);
    else this.#isFull = true;
  }

  /** True if errors were left out. The response says so. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** The partners that are missing, as the errors say. */
  get missing(): ReadonlySet<string> {
    return new Set([...this.#errors.values()].flatMap((error) => missingOf(error) ?? []));
  }

  /** Moves each error to its places. */
  place(placesOf: PlaceError): void {
    const errors = [...this.#errors.values()];
    const placed = errors.map((error) => ({ error, paths: placesOf(error) }));
    const isInPlace = placed.every(
      ({ error, paths }) => paths.length === 1 && paths[0] === error.path,
    );
    if (isInPlace) return;
    this.#errors = new Map();
    for (const { error, paths } of placed)
      for (const path of paths)
        this.#put(path === error.path ? error : { ...error, path, fields: undefined });
  }

  /**
   * Moves the errors of a list from which rows are left out. What a partner did not say of such a
   * row is an error of the list, and its other errors leave with it.
   */
  leaveOut(list: ResponsePath, rows: ReadonlySet<number>): void {
    const place = list.length;
    const isBelow = ({ path }: LocatedError) =>
      typeof path[place] === 'number' && list.every((step, depth) => path[depth] === step);
    this.place((error) => {
      if (!isBelow(error)) return [error.path];
      const row = error.path[place] as number;
      if (rows.has(row)) return isOfRecord(error) ? [list] : [];
      const before = [...rows].filter((index) => index < row).length;
      return [[...list, row - before, ...error.path.slice(place + 1)]];
    });
  }

  /**
   * Adds an error for each loss that no error explains yet, at the same path, above it or below it.
   */
  addLosses(losses: readonly Loss[]): void {
    const own = new Set<string>();
    const above = new Set<string>();
    for (const { path } of this.#errors.values()) {
      own.add(JSON.stringify(path));
      path.forEach((_, depth) => above.add(JSON.stringify(path.slice(0, depth))));
    }
    for (const { path, coordinate } of losses) {
      const isReported =
        above.has(JSON.stringify(path)) ||
        [...path, ''].some((_, depth) => own.has(JSON.stringify(path.slice(0, depth))));
      if (isReported) continue;
      const message = `\`${coordinate}\` is missing, and must not be null.`;
      this.add({ path, code: 'INTERNAL_SERVER_ERROR', message });
    }
  }

  get hasSome(): boolean {
    return this.#errors.size > 0;
  }

  get reported(): readonly ReportedError[] {
    if (this.#errors.size === 0) return [];
    const listed = [...this.#errors.values()].map((error) => this.#report(error));
    return this.#isFull ? [...listed, moreErrors] : listed;
  }

  #report({ path, code, message, partner, extensions }: LocatedError): ReportedError {
    const isInternal = code === 'INTERNAL_SERVER_ERROR';
    return {
      message: message ?? sentenceOf(code, extensions),
      path: path.map(restorePart),
      extensions: {
        code,
        ...(partner !== undefined && { partner }),
        ...(isInternal && { requestId: this.requestId }),
        ...extensions,
      },
    };
  }
}

/** The hub’s own sentence: it passes on no text of a partner. */
function sentenceOf(
  code: string,
  { rule, situation, argument }: LocatedError['extensions'] = {},
): string {
  if (isProgrammeRule(rule)) return sentenceOfRule(rule, situation);
  if (code === 'CONFLICT' && argument === 'input.idempotencyKey') return usedKeyMessage;
  return isErrorCode(code) ? catalogue[code].message : 'The subgraph reports an error.';
}

/** The partner that is missing, if the error says so. */
const missingOf = ({ code, partner }: LocatedError): string | undefined =>
  code.startsWith('PARTNER_') ? partner : undefined;

/** True if the error says why a record is not there, and not why a value of it is not. */
const isOfRecord = ({ code }: LocatedError): boolean =>
  code === 'DANGLING_REFERENCE' || code.startsWith('PARTNER_');

const restorePart = (part: string | number): string | number =>
  typeof part === 'string' ? restoreName(part) : part;
