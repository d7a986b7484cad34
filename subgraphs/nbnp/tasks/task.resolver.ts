import { pagination } from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { isPast } from '../access/visible-visits.js';
import { isOfRehearsal, listTasks } from './list-tasks.js';
import { pageTasks } from './page-tasks.js';
import { sayTask, Task } from './task.js';

const { ConnectionType: TaskConnection } = pagination.createConnectionTypes(Task, 'Task', {
  counts: 'exact',
  access: 'staff',
});

/**
 * The tasks of each operation, so that an operation with many aliases asks the hub no more often
 * than one.
 */
const listed = new WeakMap<PartnerContext, ReturnType<typeof listTasks>>();

function listOnce(context: PartnerContext, info: GraphQLResolveInfo): ReturnType<typeof listTasks> {
  const known = listed.get(context);
  if (known) return known;
  const tasks = listTasks(context, info);
  listed.set(context, tasks);
  return tasks;
}

@Resolver(() => Task)
export class TaskResolver {
  @Query(() => TaskConnection, {
    nullable: true,
    description:
      'What waits for the caller’s own organisation, the most urgent first: by `dueOn`, `since` and `id`, null last. If a partner is unavailable, the response names it, and the tasks that depend on it are missing or uncertain. `totalCount` counts those that are listed.',
  })
  @Access('staff')
  async tasks(
    @pagination.Paged() page: pagination.PageArguments,
    @Ctx() context: PartnerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<pagination.Connection<Task>> {
    return pageTasks(await listOnce(context, info), page);
  }

  @FieldResolver(() => Boolean, {
    description: 'True from the day after `dueOn`, in UTC.',
  })
  isOverdue(@Root() { dueOn }: Task, @Ctx() context: PartnerContext): boolean {
    return isPast(dueOn, context);
  }

  @FieldResolver(() => String, {
    description:
      'The task in one English sentence, with its group or visit: `Brief the group “Group 1”.`',
  })
  message(@Root() task: Task): string {
    return sayTask(task);
  }

  @FieldResolver(() => Boolean, { description: words.Rehearsal.inherited })
  async isRehearsal(@Root() task: Task, @Ctx() context: PartnerContext): Promise<boolean> {
    return isOfRehearsal(task, context);
  }
}
