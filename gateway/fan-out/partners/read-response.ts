import { catalogue, type ErrorCode, isErrorCode } from '@hub/shared/errors';
import { hubIssuer, isPurposeName } from '@hub/shared/identity';
import type { ResponsePath } from '../../engine/documents/response-path.js';
import { isHidden } from '../../engine/documents/selection.js';
import type { AskedFor } from './asked-for.js';
import type { CallFailure, CallStatus } from './call-status.js';
import { readCode, readExtensions, readMessage, unauthenticated } from './foreign-errors.js';
import type { PartnerResponse } from './partner-port.js';

/** Codes of the catalogue that refuse a request, but not what the client asked: they are about the hub’s own request. */
const aboutHub: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_FOUND',
  'UNAUTHENTICATED',
]);

/**
 * True for a code with which a partner refuses what a client asked for. At a place of the response,
 * such a code is a response, not a failure.
 */
export const isRefusal = (code: unknown): code is ErrorCode =>
  isErrorCode(code) && isClientError(catalogue[code].status) && !aboutHub.has(code);

export const isClientError = (status: number): boolean => status >= 400 && status < 500;

/**
 * Statuses that refuse one request of the hub, even if a proxy in front of the partner sends them.
 * They say nothing about the next request.
 */
const refusingStatuses: ReadonlySet<number> = new Set([408, 413, 425, 429, 431]);

/** A foreign subgraph judges its caller, so each of these refuses one request. */
export const isRefusingStatus = (status: number, isContracted = true): boolean =>
  refusingStatuses.has(status) || (!isContracted && isClientError(status));

const transientStatuses: ReadonlySet<number> = new Set([408, 425, 429]);
const transientCodes: ReadonlySet<unknown> = new Set<ErrorCode>(['RATE_LIMITED', 'OVERLOADED']);

/** True if the whole request was refused for a reason that passes by itself. */
export function isTransient(response: PartnerResponse): boolean {
  if ('failure' in response) return false;
  const { json, httpStatus } = response;
  if (transientStatuses.has(httpStatus)) return true;
  if (!isRecord(json) || (json.data ?? null) !== null || !Array.isArray(json.errors)) return false;
  return (json.errors as unknown[]).some(
    (error) =>
      isRecord(error) &&
      (error.path ?? undefined) === undefined &&
      isRecord(error.extensions) &&
      transientCodes.has(error.extensions.code),
  );
}

/**
 * True if the partner could not decide because it could not read a fact of another organisation.
 */
const isUndecided = (code: unknown): boolean =>
  code === 'OVERLOADED' || (isErrorCode(code) && code.startsWith('PARTNER_'));

/** The trusted part of a partner’s error: a code of the contract, and what may accompany it. */
export interface PartnerError {
  /**
   * Within the partner’s own response, without hidden parts. Undefined if the error concerns the
   * whole request.
   */
  readonly path: ResponsePath | undefined;
  /** Undefined if the error is not a refusal but a failure in the partner. */
  readonly refusal: ErrorCode | undefined;
  /** Only of a foreign subgraph: the code as it came, which the client gets. */
  readonly code?: string | undefined;
  /** Only of a foreign subgraph, and of a whole request: what it says, for the client. */
  readonly message?: string | undefined;
  /** True if the partner says that it needs another partner’s response. */
  readonly isUndecided: boolean;
  /** True if it was undecided because its time was over. */
  readonly isLate?: boolean;
  /**
   * The partner whose response it says that it lacks. The hub believes this only if that partner
   * failed the hub too.
   */
  readonly missing: string | undefined;
  readonly extensions: Readonly<Record<string, unknown>>;
  /**
   * True if the partner says that the hub was too busy for its request, or did not respond. The hub
   * believes this only if it did refuse the request, or was late.
   */
  readonly isBusy?: boolean;
  /** The id that the partner was given, and of which it has no record. */
  readonly dangling?: string;
  /** True if the partner was not asked for this, because its schema lacks it. */
  readonly isLacking?: boolean;
}

/** A partner’s response, parsed as GraphQL but not yet checked against the selection. */
export type ReadResponse =
  | {
      readonly failure: CallFailure;
      readonly reason: string;
      /**
       * What the response says about the partner’s availability, if that differs from the failure.
       */
      readonly callStatus?: CallStatus;
    }
  | PartnerResult;

/** What a partner returned. */
export interface PartnerResult {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly PartnerError[];
}

/**
 * Limits on the errors of one response: a thousand entities with ten refused fields each, and the
 * total length of their paths. A response with more is invalid: it would only cost the hub time.
 */
const most = { errors: 10_000, steps: 200_000 } as const;

/** True if the errors of a response are more than the hub reads. */
export const hasTooManyErrors = (errors: readonly unknown[]): boolean =>
  errors.length > most.errors ||
  errors.reduce<number>((steps, error) => steps + stepsOf(error), 0) > most.steps;

function stepsOf(error: unknown): number {
  const path = isRecord(error) ? error.path : undefined;
  return Array.isArray(path) ? path.length : 0;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The partner says that it is overloaded. Its data is missing from this response, but it is
 * available.
 */
const busy: ReadResponse = {
  failure: 'UNAVAILABLE',
  reason: 'it is overloaded',
  callStatus: 'OVERLOADED',
};

const invalid = (reason: string): ReadResponse => ({ failure: 'INVALID_RESPONSE', reason });

/** True if an error concerns the whole request: entities are what the hub asks for, in one list. */
const isOfRequest = (path: unknown): boolean =>
  path === undefined || (Array.isArray(path) && path.length === 1 && path[0] === '_entities');

/** How a response is read. */
interface Reading {
  /**
   * False for a foreign subgraph: there `UNAUTHENTICATED` and HTTP 401 concern the caller and not the
   * hub, and what it says of a whole request is for the client. @default true
   */
  readonly isContracted?: boolean;
  /** Whether clients get all that a foreign subgraph says of its errors. @default false */
  readonly passesErrors?: boolean | undefined;
}

/**
 * Reads a partner’s response. For a contracted partner it keeps only the code, the path and a few
 * extensions of a strict form of each error, never the message. For a foreign subgraph it also keeps
 * the message of a whole-request error, and with `passesErrors` all messages and extensions, without
 * stack traces. The hub writes these requests, so no code for a whole request refuses what the client
 * asked for, unless it names a value that the client gave.
 */
export function readResponse(
  response: PartnerResponse,
  asked: AskedFor,
  { isContracted = true, passesErrors = false }: Reading = {},
): ReadResponse {
  if ('failure' in response) return response;
  const { json, httpStatus } = response;
  if (httpStatus === 401 && !isContracted) return { data: null, errors: [unauthenticated] };
  if (!isRecord(json)) return invalid('not a GraphQL response');
  const { data = null, errors: rawErrors } = json;
  if (data !== null && !isRecord(data)) return invalid('`data` is not an object');
  if (rawErrors !== undefined && !Array.isArray(rawErrors))
    return invalid('`errors` is not a list');
  if ((rawErrors?.length ?? 0) > most.errors) return invalid('too many errors');
  const errors: PartnerError[] = [];
  const refusedWith: ErrorCode[] = [];
  let steps = 0;
  for (const rawError of (rawErrors ?? []) as unknown[]) {
    if (!isRecord(rawError)) return invalid('an error is not an object');
    const extensions = isRecord(rawError.extensions) ? rawError.extensions : {};
    const { code } = extensions;
    if (code === 'UNAUTHENTICATED' && isContracted)
      return { failure: 'REFUSED', reason: 'UNAUTHENTICATED' };
    // At a path, the error concerns a request of the partner’s own.
    if (code === 'OVERLOADED' && data === null && !rawError.path) return busy;
    if (code === 'GRAPHQL_VALIDATION_FAILED' || code === 'GRAPHQL_PARSE_FAILED') {
      return invalid(`${code}: its schema differs from the contract`);
    }
    const path = rawError.path ?? undefined;
    steps += stepsOf(rawError);
    if (steps > most.steps) return invalid('too many steps in the paths of its errors');
    if (path !== undefined && !(isPath(path) && asked.isAskedPath(path))) {
      return invalid('the path of an error is outside the selection');
    }
    const missing = readMissing(code, extensions);
    const kept = pickExtensions(code, extensions);
    const isWhole = isContracted && isOfRequest(path) && !namesPassedOn(code, kept, asked);
    if (isWhole && isRefusal(code)) refusedWith.push(code);
    errors.push({
      path: isWhole ? undefined : path?.slice(0, firstHidden(path)),
      refusal: isRefusal(code) && !isWhole ? code : undefined,
      ...(!isContracted && { code: readCode(code), message: readMessage(rawError, passesErrors) }),
      isUndecided: isUndecided(code),
      ...(code === 'PARTNER_TIMED_OUT' && { isLate: true }),
      missing,
      extensions: passesErrors ? { ...readExtensions(extensions), ...kept } : kept,
      ...readDangling(code, extensions),
      ...((code === 'OVERLOADED' || missing === hubIssuer) && { isBusy: true }),
    });
  }
  const isFailure =
    data === null &&
    errors.every(({ path }) => path === undefined) &&
    !errors.some(({ missing }) => missing !== undefined) &&
    (errors.length === 0 || errors.some(({ refusal }) => refusal === undefined));
  const isSaid = errors.some(({ path, message }) => !path && message !== undefined);
  return isFailure && !isSaid
    ? readFailure({ httpStatus, isContracted }, errors, refusedWith)
    : { data, errors };
}

/** True if the error is about a value of the client’s, which the hub only passed on. */
const namesPassedOn = (
  code: unknown,
  { argument }: Record<string, unknown>,
  { isPassedOn }: AskedFor,
): boolean => code === 'BAD_USER_INPUT' && typeof argument === 'string' && isPassedOn(argument);

/**
 * The whole request failed. The error status comes from the partner’s server, or from a proxy
 * before it.
 * @param refusedWith the codes with which it refused the hub’s request
 */
function readFailure(
  { httpStatus, isContracted }: { readonly httpStatus: number; readonly isContracted: boolean },
  errors: readonly PartnerError[],
  refusedWith: readonly ErrorCode[],
): ReadResponse {
  const isRefused =
    isRefusingStatus(httpStatus, isContracted) ||
    (errors.length > 0 && refusedWith.length === errors.length);
  if (isRefused) {
    // Other requests may be accepted, so its status and the cache stay.
    const reason = `it refused the request: ${refusedWith[0] ?? `HTTP ${httpStatus}`}`;
    return { failure: 'UNAVAILABLE', reason, callStatus: 'ANSWERED' };
  }
  if (errors.some((error) => error.isUndecided)) {
    return { failure: 'UNAVAILABLE', reason: 'it cannot respond at present' };
  }
  if (errors.length > 0) {
    const reason = 'the request failed without a code of the contract';
    return { failure: 'UNAVAILABLE', reason, callStatus: 'INVALID_RESPONSE' };
  }
  return httpStatus >= 400
    ? { failure: 'UNAVAILABLE', reason: `HTTP ${httpStatus}` }
    : invalid('neither data nor errors');
}

/** No path is longer: operations are at most 200 fields deep, and each field may be a list. */
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

/** Refusals that concern what the client sent. */
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

const readDangling = (code: unknown, { id }: Record<string, unknown>): { dangling?: string } =>
  code === 'DANGLING_REFERENCE' && typeof id === 'string' ? { dangling: id } : {};

/** What may accompany a refusal: names and numbers, but no free text. */
function pickExtensions(
  code: unknown,
  { rule, situation, id, argument, count, expected, ...own }: Record<string, unknown>,
): Record<string, unknown> {
  const isName = (value: unknown, form: RegExp) => typeof value === 'string' && form.test(value);
  const constant = /^[A-Z][A-Z0-9_]{0,63}$/;
  const isRule = code === 'RULE_VIOLATED' && isName(rule, constant);
  // The record that stands, which is the partner’s own.
  const isDuplicate = isRule && rule === 'DUPLICATE' && isName(id, /^[a-z]{2,16}:[\w.-]{1,128}$/);
  const isCounted = isRule && [count, expected].every(Number.isSafeInteger);
  const { currentVersion, purposes } = own;
  const isVersion = code === 'CONFLICT' && Number.isSafeInteger(currentVersion);
  const isArgument = argumentCodes.has(code) && isName(argument, /^[A-Za-z][\w.]{0,127}$/);
  const isPurposes =
    code === 'PURPOSE_NOT_ALLOWED' && Array.isArray(purposes) && purposes.every(isPurposeName);
  return {
    ...(isRule && { rule }),
    ...(isRule && isName(situation, constant) && { situation }),
    ...(isDuplicate && { id }),
    ...(isCounted && { count, expected }),
    ...(isVersion && { currentVersion }),
    ...(isArgument && { argument }),
    ...(isPurposes && { purposes }),
  };
}
