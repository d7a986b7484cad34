import { dates } from '@hub/shared/graphql';
import type { Deadline } from '../entities/programme.entity.js';
import type { Visit } from '../entities/visit.entity.js';
import type { DeadlineKind, TaskKind } from '../entities/vocabulary.js';
import type { FoundTask } from './find-tasks.js';
import type { OpenGroup } from './own-facts.js';

/** The tasks that a deadline is for. All others are due as without deadlines. */
const tasksOf: Readonly<Record<DeadlineKind, readonly TaskKind[]>> = {
  NOMINATION: ['NOMINATE'],
  DECISION: ['DECIDE_NOMINATION', 'DECIDE_LOAN'],
  FORMALITIES: ['COMPLETE_FORMALITIES'],
  HOST_CONFIRMATION: ['OFFER_HOSTING', 'CONFIRM_HOSTING', 'CONFIRM_STOP'],
  BRIEFING: ['BRIEF_GROUP'],
  REPORT: ['HAND_IN_REPORT'],
  DEBRIEFING: ['DEBRIEF_GROUP'],
};

const afterReturn: readonly DeadlineKind[] = ['REPORT', 'DEBRIEFING'];

/**
 * The last day of a deadline; null before its return. One before a departure ends with it: what
 * still waits then is due as without a deadline.
 */
function lastDayOf({ kind, days }: Deadline, visit: Visit | null, open: OpenGroup): string | null {
  const { departsOn, hasDeparted, returnedOn } = open;
  if (afterReturn.includes(kind)) return returnedOn && dates.addDays(returnedOn, days);
  const isAway = visit ? visit.departedOn !== null : hasDeparted;
  const start = visit ? visit.startsOn : departsOn;
  return isAway || start === null ? null : dates.addDays(start, -days);
}

/** The day by which a task of a group is due: the earlier of its own day and the deadline’s. */
export function dueDayOf({ kind: task, visit, dueOn }: FoundTask, open: OpenGroup): string | null {
  const deadline = open.programme.deadlines.find(({ kind }) => tasksOf[kind].includes(task));
  const last = deadline ? lastDayOf(deadline, visit, open) : null;
  return last !== null && (dueOn === null || last < dueOn) ? last : dueOn;
}
