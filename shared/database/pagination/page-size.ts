import { refuseInput } from '../../errors/hub-error.js';
import type { PageArguments } from './paged.js';

/** The number of rows of a page: without `first`, and at most. */
export const pageSize = { default: 50, max: 1000 } as const;

/**
 * The number of rows of a page: `first` must be between 1 and 1,000; 50 if it is null.
 * @throws `BAD_USER_INPUT` for anything else; a page size is never clamped.
 */
export function readPageSize(
  asked: number | null | undefined,
  argument: 'first' | 'last' = 'first',
): number {
  if (asked == null) return pageSize.default;
  if (Number.isInteger(asked) && asked >= 1 && asked <= pageSize.max) return asked;
  refuseInput(argument, `\`${argument}\` must be between 1 and 1,000.`);
}

/** Which rows of a list a page has: the first ones behind a cursor, or the last ones before it. */
export interface PageRequest {
  readonly size: number;
  /** Null at the start of the list; backwards, at its end. */
  readonly cursor: string | null;
  readonly isBackwards: boolean;
}

/**
 * Reads the arguments of a page: `first` and `after`, or `last` and `before`.
 * @throws `BAD_USER_INPUT` for both, for `before` alone, or for an invalid size
 */
export function readPageRequest({ first, after, last, before }: PageArguments): PageRequest {
  if (last == null) {
    if (before != null) refuseInput('before', '`before` needs `last`.');
    return { size: readPageSize(first), cursor: after ?? null, isBackwards: false };
  }
  if (first != null) refuseInput('first', '`first` and `last` must not be given together.');
  if (after != null) refuseInput('after', '`after` and `last` must not be given together.');
  return { size: readPageSize(last, 'last'), cursor: before ?? null, isBackwards: true };
}
