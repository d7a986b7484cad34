import type { HubError } from '@hub/shared/errors';
import { codes, createFactReader, isMissing, type PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import { decideItinerary } from '../access/decide-itinerary.js';
import { isDecided } from '../access/load-related.js';
import { loadVisibleVisits, todayOf } from '../access/visible-visits.js';
import { settleMissing, type NoteMissing } from '../access/with-missing.js';
import type { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { loadGroupSides } from '../sides/load-sides.js';
import { isNear, loadDecisionDays } from './is-near.js';
import { warn, type Warning } from './warning.js';

interface OfficersResponse {
  readonly officerNominations?:
    | readonly ({ readonly id: string; readonly withdrawnOn: string | null } | null)[]
    | null;
}

interface DelegatesResponse {
  readonly delegateNominations?: readonly { readonly id: string; readonly status: string }[] | null;
}

/** Requested each time, so that the warning disappears with the decision. */
const askedAnew = { field: 'group', memoryMs: 0 } as const;

interface Standing {
  readonly ids: readonly string[];
  /** Why those of some police forces are missing. */
  readonly missing: readonly HubError[];
}

/** The nominations that no police force has withdrawn. */
const readStanding = createFactReader<Standing>({
  ...askedAnew,
  selection: '{ officerNominations { id withdrawnOn } }',
  mayLackSome: (error, { officerNominations }: OfficersResponse) =>
    isMissing(error) &&
    codes.isPoliceCode(String(error.extensions['partner'])) &&
    officerNominations != null,
  read: ({ officerNominations }: OfficersResponse, missing) => ({
    ids: (officerNominations ?? []).flatMap((one) => (one?.withdrawnOn === null ? one.id : [])),
    missing,
  }),
});

/** The nominations on which the offices have not decided. */
const readPending = createFactReader<readonly string[]>({
  ...askedAnew,
  selection: '{ delegateNominations { id status } }',
  read: ({ delegateNominations }: DelegatesResponse) =>
    (delegateNominations ?? []).flatMap(({ id, status }) => (status === 'PENDING' ? id : [])),
});

/**
 * The nominations of officers on which the network has not decided. A police force that is
 * unavailable costs its own alone.
 */
async function loadUndecided(
  group: Group,
  context: PartnerContext,
  note: NoteMissing,
): Promise<readonly string[]> {
  const decisions = await context.loaders.many(OfficerNomination, 'groupId').load(group.id);
  const decided = new Set(decisions.filter(isDecided).map(({ id }) => id));
  const standing = await readStanding(context, group.id);
  standing?.missing.forEach(note);
  return (standing?.ids ?? []).filter((id) => !decided.has(id));
}

/** Warns of each nomination without a decision shortly before the first departure. */
export async function loadNominationWarnings(
  group: Group,
  context: PartnerContext,
  note: NoteMissing,
): Promise<Warning[]> {
  if (group.cancelledOn !== null) return [];
  const visits = await loadVisibleVisits(group.id, context);
  const standing = visits.filter(({ cancelledOn }) => cancelledOn === null);
  const [next] = standing;
  const hasDeparted = standing.some(({ departedOn }) => departedOn !== null);
  const days = await loadDecisionDays(group, 'DECISION', context);
  if (!next || hasDeparted || !isNear(next, todayOf(context), days)) return [];
  if (!(await decideItinerary(context, next.id))) return [];
  const between = await loadGroupSides(group, context);
  const { value, missing } = await settleMissing([
    sides.sendsDelegates(between) ? readPending(context, group.id) : null,
    sides.sendsOfficers(between) ? loadUndecided(group, context, note) : null,
  ]);
  missing.forEach(note);
  const [pending = null, undecided = null] = value;
  const { title, startsOn: dueOn } = next;
  const warnEach = (subjects: readonly string[] | null, owner: string) => {
    const values = { owner, dueOn, title, days, police: owner.toUpperCase() };
    return (subjects ?? [])
      .toSorted()
      .map((subject) => warn('DECISION_OVERDUE', { ...values, subject }));
  };
  return [...warnEach(pending, codes.officesCode), ...warnEach(undecided, codes.networkCode)];
}
