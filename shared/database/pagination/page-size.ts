import { HubError } from '../../errors/hub-error.js';

/** The number of rows of a page: without `first`, and at most. */
export const pageSize = { default: 50, max: 1000 } as const;

/**
 * The number of rows of a page: `first` must be between 1 and 1,000; 50 if it is null.
 * @throws `BAD_USER_INPUT` for anything else; a page size is never clamped.
 */
export function readPageSize(first: number | null | undefined): number {
  if (first == null) return pageSize.default;
  if (Number.isInteger(first) && first >= 1 && first <= pageSize.max) return first;
  throw new HubError('BAD_USER_INPUT', {
    argument: 'first',
    message: '`first` must be between 1 and 1,000.',
  });
}
