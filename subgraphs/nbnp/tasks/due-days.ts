import { dates } from '@hub/shared/graphql';
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

/** A deadline, and the last day before it has passed. */
export interface DatedDeadline {
  readonly kind: DeadlineKind;
  readonly on: string;
}

/**
 * The deadline of a task; null without one, and before a return. One before a departure ends with it:
 * what still waits then is due as without a deadline.
 */
export function deadlineOf(
  { kind: task, visit }: Pick<FoundTask, 'kind' | 'visit'>,
  { programme, departsOn, hasDeparted, returnedOn }: OpenGroup,
): DatedDeadline | null {
  const deadline = programme.deadlines.find(({ kind }) => tasksOf[kind].includes(task));
  if (!deadline) return null;
  const { kind, days } = deadline;
  if (afterReturn.includes(kind))
    return returnedOn === null ? null : { kind, on: dates.addDays(returnedOn, days) };
  const isAway = visit ? visit.departedOn !== null : hasDeparted;
  const start = visit ? visit.startsOn : departsOn;
  return isAway || start === null ? null : { kind, on: dates.addDays(start, -days) };
}

/** The day by which a task of a group is due: the earlier of its own day and the deadline’s. */
export function dueDayOf(task: FoundTask, open: OpenGroup): string | null {
  const { dueOn } = task;
  const on = deadlineOf(task, open)?.on ?? null;
  return on !== null && (dueOn === null || on < dueOn) ? on : dueOn;
}

/** The kinds of deadlines of a group that have passed for one of its visits, or for all. */
export const findPassed = (open: OpenGroup, today: string): readonly DeadlineKind[] =>
  open.programme.deadlines
    .map(({ kind }) => kind)
    .filter((kind) =>
      [null, ...open.visits].some((visit) =>
        tasksOf[kind].some(
          (task) => (deadlineOf({ kind: task, visit }, open)?.on ?? today) < today,
        ),
      ),
    );
