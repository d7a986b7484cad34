import { pagination } from '@hub/shared/database';
import type { Task } from './task.js';

const keysOf = ({ dueOn, since, id }: Task): pagination.SortKeys => [dueOn, since, id];

/** Null comes last. */
function compareKeys(one: pagination.SortKeys, other: pagination.SortKeys): number {
  for (const [index, first] of one.entries()) {
    const second = other[index] ?? null;
    if (first === second) continue;
    if (first === null) return 1;
    return second === null || first < second ? -1 : 1;
  }
  return 0;
}

/**
 * A page of tasks, the most urgent first: by `dueOn`, `since` and `id`.
 * @throws HubError `BAD_USER_INPUT` for an invalid page size or cursor
 */
export function pageTasks(
  tasks: readonly Task[],
  page: pagination.PageArguments,
): pagination.Connection<Task> {
  const place = pagination.readPlace(page);
  const cursor = pagination.readCursor(place, 3);
  const sorted = tasks.toSorted((one, other) => compareKeys(keysOf(one), keysOf(other)));
  const sign = place.isBackwards ? -1 : 1;
  const read = place.isBackwards ? sorted.toReversed() : sorted;
  const rest = cursor ? read.filter((task) => sign * compareKeys(keysOf(task), cursor) > 0) : read;
  return {
    ...pagination.createPage(rest, place, keysOf, (node) => node),
    totalCount: sorted.length,
    countAtLeast: sorted.length,
  };
}
