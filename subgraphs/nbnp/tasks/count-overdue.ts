import type { OverdueContext, OverdueTasks } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';
import { createAsk } from '../access/ask-others.js';
import { isPast } from '../access/visible-visits.js';
import { findTasks, isOfRehearsal } from './list-tasks.js';
import { loadOwnFacts, type OwnFacts } from './own-facts.js';

/** Those that began the network, and those that joined later: as hosts, or with members of groups. */
export const organisationsIn = ({ groups, visits }: Pick<OwnFacts, 'groups' | 'visits'>) =>
  new Set([
    codes.networkCode,
    codes.officesCode,
    ...codes.policeCodes,
    ...groups.flatMap(({ members }) => members.map(({ officerId }) => codes.ownerOf(officerId))),
    ...visits.flatMap(({ hosts, stops }) => [...hosts, ...stops.map(({ hostOwner }) => hostOwner)]),
  ]);

/**
 * Counts the tasks that wait past their due date, by organisation and kind. A task is due by a day,
 * and overdue from the next. Those of a rehearsal do not count, nor those that may have been done.
 */
export async function countOverdue(context: OverdueContext): Promise<OverdueTasks[]> {
  const facts = await loadOwnFacts(context);
  const counted: OverdueTasks[] = [];
  // One after the other: none of them is urgent, and the hub has others to serve.
  for (const organisation of organisationsIn(facts)) {
    // What is missing makes no task, or one that is uncertain.
    const ask = createAsk(context, () => undefined);
    const counts = new Map<string, number>();
    for (const task of await findTasks({ ...facts, organisation }, ask)) {
      if (!isPast(task.dueOn, context) || task.isUncertain || (await isOfRehearsal(task, context)))
        continue;
      counts.set(task.kind, (counts.get(task.kind) ?? 0) + 1);
    }
    for (const [kind, countAtLeast] of counts) counted.push({ organisation, kind, countAtLeast });
  }
  return counted;
}
