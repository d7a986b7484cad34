import { codes } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import type { Ask } from '../access/ask-others.js';
import { TaskKind } from '../entities/vocabulary.js';
import type { FindTasks, FoundTask } from './find-tasks.js';
import type { OpenGroup, OwnFacts } from './own-facts.js';

interface OfficersResponse {
  readonly officerNominations:
    | readonly ({ readonly id: string; readonly withdrawnOn: string | null } | null)[]
    | null;
  /** Not asked of a group of officers alone. */
  readonly delegateCount?: number | null;
}

interface DelegatesResponse {
  readonly delegateNominations: readonly { readonly status: string }[] | null;
}

/** Nothing new is planned or nominated for a programme that has ended. */
const isUnderWay = ({ programme: { lastDay } }: OpenGroup, today: string): boolean =>
  lastDay === null || today <= lastDay;

/** Whether a police force has nominated nobody for a group; false if it did not respond. */
async function lacksOfficers(
  { group, decided, members, sides: between }: OpenGroup,
  organisation: string,
  ask: Ask,
): Promise<boolean> {
  if ([...decided].some((id) => codes.ownerOf(id) === organisation)) return false;
  const { known, isWholeOf } = await ask<OfficersResponse>({
    root: 'group',
    id: group.id,
    selection: `officerNominations { id withdrawnOn } ${sides.sendsDelegates(between) ? 'delegateCount' : ''}`,
  });
  if (!known?.officerNominations || !isWholeOf(organisation, 'officerNominations')) return false;
  // While the offices do not say whom they have selected, somebody may be lacking.
  if (members.length + (known.delegateCount ?? 0) >= group.plannedSize) return false;
  return known.officerNominations.every(
    (one) => one === null || codes.ownerOf(one.id) !== organisation || one.withdrawnOn !== null,
  );
}

/** Whether the offices have nominated nobody for a group; false if they did not respond. */
async function lacksDelegates({ group }: OpenGroup, ask: Ask): Promise<boolean> {
  const { known, isWhole } = await ask<DelegatesResponse>({
    root: 'group',
    id: group.id,
    selection: 'delegateNominations { status }',
  });
  if (!known?.delegateNominations || !isWhole('delegateNominations')) return false;
  return known.delegateNominations.every(({ status }) => status === 'WITHDRAWN');
}

/**
 * Those who send a group nominate people until it has as many members as planned, or departs: the
 * offices, each police force of a country that it goes from, or both. Whoever has nominated somebody
 * has done it, unless it withdrew her.
 */
export const findNomineeTasks: FindTasks = async ({ organisation, groups, today }, ask) => {
  const isOffices = organisation === codes.officesCode;
  if (!isOffices && !codes.isPoliceCode(organisation)) return [];
  const sends = ({ sides: between }: OpenGroup) =>
    isOffices
      ? sides.sendsDelegates(between)
      : sides.sendsOfficersOf(between, codes.countryOf(organisation));
  const open = groups.filter(
    (one) =>
      sends(one) &&
      !one.hasDeparted &&
      isUnderWay(one, today) &&
      one.members.length < one.group.plannedSize,
  );
  const lacking = await Promise.all(
    open.map((one) =>
      isOffices ? lacksDelegates(one, ask) : lacksOfficers(one, organisation, ask),
    ),
  );
  return open
    .filter((_, index) => lacking[index])
    .map(({ group, departsOn: dueOn }) => ({
      kind: TaskKind.NOMINATE,
      subject: group.id,
      group,
      visit: null,
      since: null,
      dueOn,
    }));
};

/** The network plans a visit for each group, and stops for each visit, until the departure. */
export const findPlanningTasks: FindTasks = ({ organisation, groups, visits, today }: OwnFacts) => {
  if (organisation !== codes.networkCode) return Promise.resolve([]);
  const unplanned = groups.filter((one) => one.visits.length === 0 && isUnderWay(one, today));
  const toPlan = unplanned.map(({ group, programme: { lastDay: dueOn } }): FoundTask => {
    const task = { kind: TaskKind.PLAN_VISIT, subject: group.id, group, visit: null };
    return { ...task, since: null, dueOn };
  });
  const empty = visits.filter(
    ({ visit, stops }) => visit.departedOn === null && stops.length === 0,
  );
  const toFill = empty.map(({ group, visit }): FoundTask => {
    const task = { kind: TaskKind.ADD_STOP, subject: visit.id, group, visit };
    return { ...task, since: null, dueOn: visit.startsOn };
  });
  return Promise.resolve([...toPlan, ...toFill]);
};
