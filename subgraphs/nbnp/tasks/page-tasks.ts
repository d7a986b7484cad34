import { pagination } from '@hub/shared/database';
import type { Task } from './task.js';

const keysOf = ({ dueOn, since, id }: Task): pagination.SortKeys => [dueOn, since, id];

/**
 * A page of tasks, the most urgent first: by `dueOn`, `since` and `id`.
 * @throws HubError `BAD_USER_INPUT` for an invalid page size or cursor
 */
export const pageTasks = (
  tasks: readonly Task[],
  page: pagination.PageArguments,
): pagination.Connection<Task> => pagination.sortPage(tasks, page, keysOf, 3);
