import { dates } from '@hub/shared/graphql';
import type { WithLoaders } from '../access/load-related.js';
import type { Group } from '../entities/group.entity.js';
import type { Visit } from '../entities/visit.entity.js';
import { loadProgramme } from '../groups/load-group-facts.js';

/** How many days before a visit a decision is overdue: as its programme says, else 14. */
export async function loadDecisionDays(
  group: Group,
  kind: 'DECISION' | 'HOST_CONFIRMATION',
  context: WithLoaders,
): Promise<number> {
  const { deadlines } = await loadProgramme(group, context);
  return deadlines?.find((deadline) => deadline.kind === kind)?.days ?? 14;
}

/**
 * True from this many days before the first day of a visit until its recorded departure or its last
 * day, after which nobody can bring what it lacks.
 */
export function isNear(
  { startsOn, endsOn, departedOn, cancelledOn }: Visit,
  today: string,
  days = 30,
): boolean {
  if (startsOn === null || departedOn !== null || cancelledOn !== null) return false;
  return dates.addDays(startsOn, -days) <= today && (endsOn === null || today <= endsOn);
}
