import { isObject } from '../graph-response.js';

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** All texts of a value, in its order. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
