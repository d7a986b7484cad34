import type { TaskKind } from '../../generated/graphql.ts';
import type { Decide } from './decision.ts';
import { groupDecisions } from './group-decisions.ts';
import { peopleDecisions } from './people-decisions.ts';
import { visitDecisions } from './visit-decisions.ts';

/** What can be decided, by kind of task. */
const decide: Readonly<Record<TaskKind, Decide>> = {
  ...peopleDecisions,
  ...visitDecisions,
  ...groupDecisions,
};

/** The ways to do a task. None if its record cannot be read now. */
export const listDecisions: Decide = (task, facts, organisation) =>
  decide[task.kind](task, facts, organisation);
