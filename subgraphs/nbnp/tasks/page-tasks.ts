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
  { first: asked, after }: pagination.PageArguments,
): pagination.Connection<Task> {
  const first = pagination.readPageSize(asked);
  const last = after == null ? undefined : pagination.decodeCursor(after, 3);
  const all = tasks.toSorted((one, other) => compareKeys(keysOf(one), keysOf(other)));
  const rest = last ? all.filter((task) => compareKeys(keysOf(task), last) > 0) : all;
  return {
    ...pagination.createPage(rest, { first, after }, keysOf, (node) => node),
    totalCount: all.length,
    countAtLeast: all.length,
  };
}
