import type { PartnerResponse } from '../partner-port.js';
import { isRefusal } from '../read-response.js';

/**
 * What a response to a mutation says about the partner’s data: unchanged, changed, or unknown
 * because the partner may still execute it.
 */
export type WriteOutcome = 'nothing' | 'written' | 'unknown';

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
