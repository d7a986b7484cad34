import { catalogue, isErrorCode, type ErrorCode } from '@hub/shared/errors';
import { hubIssuer } from '@hub/shared/identity';
import type { SelectionSetNode } from 'graphql';
import type { ResponsePath } from '../documents/response-path.js';
import { isHidden, readTopFields } from '../documents/selection.js';
import type { CallFault, CallStatus } from './call-status.js';
import { readCode } from './foreign-errors.js';
import type { PartnerAnswer } from './partner-port.js';

/** Codes of the catalogue that refuse a request, but not what the client asked: they are about the hub’s own request. */
const aboutHub: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_FOUND',
  'UNAUTHENTICATED',
]);

/** True for a code with which a partner refuses what a client asked: a response like any other, and never silence. */
export const isRefusal = (code: unknown): code is ErrorCode =>
  isErrorCode(code) && isClientError(catalogue[code].status) && !aboutHub.has(code);

const isClientError = (status: number): boolean => status >= 400 && status < 500;

/** A status that says by itself what is wrong with the request, also where a proxy in front of the partner sends it. */
export const refusalByStatus: ReadonlyMap<number, ErrorCode> = new Map([
  [413, 'REQUEST_TOO_LARGE'],
  [429, 'RATE_LIMITED'],
  [431, 'REQUEST_TOO_LARGE'],
]);

/** True if the partner could not decide, because it could not read a fact of another organisation. */
const isUndecided = (code: unknown): boolean =>
  code === 'OVERLOADED' || (isErrorCode(code) && code.startsWith('PARTNER_'));

/** An error of a partner as far as it is believed: a code of the contract, and what may accompany it. */
export interface PartnerError {
  /** Within the partner’s own answer, hidden parts left out; undefined where it concerns the whole request. */
  readonly path: ResponsePath | undefined;
  /** Undefined for what is not a refusal: something failed at the partner’s. */
  readonly refusal: ErrorCode | undefined;
  /** The code that it has, whatever it is. That of a foreign subgraph goes on to the client. */
  readonly code?: string | undefined;
  /** True where the partner says that it cannot answer, for want of somebody else’s answer. */
  readonly isUndecided: boolean;
  /** Whose answer it says that it lacks. It is believed where the hub misses that one too. */
  readonly missing: string | undefined;
  readonly extensions: Readonly<Record<string, unknown>>;
  /**
   * True where a status without a code refuses the request. It may be a proxy’s, so it is no refusal of what the client
   * asked: the partner’s part of the response is missing.
   */
  readonly isOfLimit?: boolean;
  /**
   * True where the partner says that the hub was too busy for its question, or did not respond to it. It is believed
   * where the hub did refuse it, or was late.
   */
  readonly isBusy?: boolean;
}

/** A partner’s answer, read as GraphQL: not yet checked against what was asked. */
export type ReadAnswer =
  | {
      readonly fault: CallFault;
      readonly reason: string;
      /** What it says of the partner, where that is not the fault: it responded, so it is there. */
      readonly said?: CallStatus;
    }
  | {
      readonly data: Readonly<Record<string, unknown>> | null;
      readonly errors: readonly PartnerError[];
    };

/**
 * What one response may say of errors: a thousand entities with ten refused fields each, and the steps of all their paths
 * together. A partner that says more only takes the hub’s time, and has sent an invalid response.
 */
const most = { errors: 10_000, steps: 200_000 } as const;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The partner itself says that it has too much to do: it is missing from this response, but it is there. */
const busy: ReadAnswer = { fault: 'UNAVAILABLE', reason: 'it is overloaded', said: 'OVERLOADED' };

const invalid = (reason: string): ReadAnswer => ({ fault: 'INVALID_RESPONSE', reason });

/**
 * Reads what a partner sent. Of an error only its code, its path and a few extensions of a strict form are taken; its
 * wording is not.
 */
export function readAnswer(
  answer: PartnerAnswer,
  isAskedPath: (path: ResponsePath) => boolean,
  /** False for a foreign subgraph: with `UNAUTHENTICATED` at a path it means the reader, and not the hub. */
  isContracted = true,
): ReadAnswer {
  if ('fault' in answer) return answer;
  const { json, httpStatus } = answer;
  if (!isRecord(json)) return invalid('no GraphQL response');
  const { data = null, errors: rawErrors } = json;
  if (data !== null && !isRecord(data)) return invalid('`data` is no object');
  if (rawErrors !== undefined && !Array.isArray(rawErrors)) return invalid('`errors` is no list');
  if ((rawErrors?.length ?? 0) > most.errors) return invalid('too many errors');
  const errors: PartnerError[] = [];
  let steps = 0;
  for (const rawError of (rawErrors ?? []) as unknown[]) {
    if (!isRecord(rawError)) return invalid('an error is no object');
    const extensions = isRecord(rawError.extensions) ? rawError.extensions : {};
    const { code } = extensions;
    const isRefused = code === 'UNAUTHENTICATED' && (isContracted || !rawError.path);
    if (isRefused) return { fault: 'REFUSED', reason: 'UNAUTHENTICATED' };
    // At a path it concerns a question of the partner’s own.
    if (code === 'OVERLOADED' && data === null && !rawError.path) return busy;
    if (code === 'GRAPHQL_VALIDATION_FAILED' || code === 'GRAPHQL_PARSE_FAILED') {
      return invalid(`${code}: its schema is not the contract’s`);
    }
    const path = rawError.path ?? undefined;
    steps += Array.isArray(path) ? path.length : 0;
    if (steps > most.steps) return invalid('too many steps in the paths of its errors');
    if (path !== undefined && !(isPath(path) && isAskedPath(path))) {
      return invalid('an error’s path lies outside what was asked');
    }
    const missing = readMissing(code, extensions);
    errors.push({
      path: path && path.slice(0, firstHidden(path)),
      refusal: isRefusal(code) ? code : undefined,
      code: readCode(code),
      isUndecided: isUndecided(code),
      missing,
      extensions: pickExtensions(code, extensions),
      ...((code === 'OVERLOADED' || missing === hubIssuer) && { isBusy: true }),
    });
  }
  const isFailure =
    data === null &&
    errors.every(({ path }) => path === undefined) &&
    !errors.some(({ missing }) => missing !== undefined) &&
    (errors.length === 0 || errors.some(({ refusal }) => refusal === undefined));
  return isFailure ? readFailure(httpStatus, errors) : { data, errors };
}

/** A whole request that failed, and no code says why: an error status is its server’s, or that of a proxy before it. */
function readFailure(httpStatus: number, errors: readonly PartnerError[]): ReadAnswer {
  const refusal = refusalByStatus.get(httpStatus);
  if (refusal) {
    const error = { path: undefined, refusal, isUndecided: false, missing: undefined };
    return { data: null, errors: [{ ...error, extensions: {}, isOfLimit: true }] };
  }
  if (errors.some((error) => error.isUndecided)) {
    return { fault: 'UNAVAILABLE', reason: 'it cannot respond at present' };
  }
  if (errors.length > 0) {
    const reason = 'the request failed, and no code of the contract says why';
    return { fault: 'UNAVAILABLE', reason, said: 'INVALID_RESPONSE' };
  }
  return httpStatus >= 400
    ? { fault: 'UNAVAILABLE', reason: `HTTP ${httpStatus}` }
    : invalid('neither data nor errors');
}

/** Longer than any path can be: operations are at most 200 fields deep, with an item of a list after each. */
const maxPathLength = 400;

const isPath = (path: unknown): path is (string | number)[] =>
  Array.isArray(path) &&
  path.length > 0 &&
  path.length <= maxPathLength &&
  path.every((part) => typeof part === 'string' || Number.isInteger(part));

function firstHidden(path: ResponsePath): number | undefined {
  const index = path.findIndex((part) => typeof part === 'string' && isHidden(part));
  return index < 0 ? undefined : index;
}

/** The refusals that are about what the client sent. */
const argumentCodes: ReadonlySet<unknown> = new Set<ErrorCode>([
  'BAD_USER_INPUT',
  'CONFLICT',
  'GROUP_FULL',
  'NOT_FOUND',
  'RULE_VIOLATED',
]);

function readMissing(code: unknown, { partner }: Record<string, unknown>): string | undefined {
  return isUndecided(code) && typeof partner === 'string' ? partner : undefined;
}

/** What may accompany a refusal: names and numbers, nothing that could be wording. */
function pickExtensions(
  code: unknown,
  { rule, argument, currentVersion }: Record<string, unknown>,
): Record<string, unknown> {
  const isName = (value: unknown, form: RegExp) => typeof value === 'string' && form.test(value);
  const isRule = code === 'RULE_VIOLATED' && isName(rule, /^[A-Z][A-Z0-9_]{0,63}$/);
  const isVersion = code === 'CONFLICT' && Number.isSafeInteger(currentVersion);
  const isArgument = argumentCodes.has(code) && isName(argument, /^[A-Za-z][\w.]{0,127}$/);
  return {
    ...(isRule && { rule }),
    ...(isVersion && { currentVersion }),
    ...(isArgument && { argument }),
  };
}

/**
 * True when a path of response keys and indices leads through what a selection asks. It may be of any length: no step
 * costs more for those that follow.
 */
export function isPathIn(sets: readonly SelectionSetNode[], path: ResponsePath): boolean {
  let reached = sets;
  for (const part of path) {
    // An index stands for an item of the list that the path has reached; the item’s selection is the list’s.
    if (typeof part === 'number') continue;
    const next: SelectionSetNode[] = [];
    let isAsked = false;
    for (const set of reached) {
      const inner = readInnerSets(set).get(part);
      if (!inner) continue;
      isAsked = true;
      next.push(...inner);
    }
    if (!isAsked) return false;
    reached = next;
  }
  return true;
}

type InnerSets = ReadonlyMap<string, readonly SelectionSetNode[]>;

/** A response may have thousands of errors: a selection is read once for all of them. */
const readSets = new WeakMap<SelectionSetNode, InnerSets>();

/** The selections below the fields of a selection, by response key. */
function readInnerSets(set: SelectionSetNode): InnerSets {
  const known = readSets.get(set);
  if (known) return known;
  const fields = [...readTopFields(set)].map(
    ([key, tops]) => [key, tops.flatMap(({ field }) => field.selectionSet ?? [])] as const,
  );
  const inner = new Map(fields);
  readSets.set(set, inner);
  return inner;
}
