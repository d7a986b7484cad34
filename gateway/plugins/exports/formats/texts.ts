import { isObject } from '../graph-response.js';

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** All texts of a value, in its order. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** A value of an enum in words: `CONFIRM_STOP` is `Confirm stop`. Every other text stays. */
export const sayCode = (text: string | null | undefined): string =>
  /^[A-Z]+(_[A-Z]+)*$/.test(text ?? '')
    ? `${text?.slice(0, 1)}${text?.slice(1).toLowerCase().replaceAll('_', ' ')}`
    : (text ?? '');
