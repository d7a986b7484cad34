import { dates } from '@hub/shared/graphql';
import { codes } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import type { Ask } from '../access/ask-others.js';
import { TaskKind } from '../entities/vocabulary.js';
import { lastAcceptance } from '../groups/load-group-facts.js';
import {
  readCoordinators,
  selectCoordinators,
  type CoordinatorsResponse,
} from '../sides/coordinators.js';
import type { FindTasks, FoundTask } from './find-tasks.js';
import type { OpenGroup, OpenVisit, OwnFacts } from './own-facts.js';

/** Departures wait from the first day of a visit on, returns from its last day on. */
function findDateTasks({ visits, today }: OwnFacts): FoundTask[] {
  const hasCome = (day: string | null) => day !== null && day <= today;
  const toTask = ({ group, visit }: OpenVisit): FoundTask[] => {
    const { startsOn, endsOn, departedOn } = visit;
    const task = { subject: visit.id, group, visit };
    if (departedOn === null)
      return hasCome(startsOn)
        ? [{ ...task, kind: TaskKind.RECORD_DEPARTURE, since: startsOn, dueOn: startsOn }]
        : [];
    const since = endsOn ?? departedOn;
    const dueOn = endsOn === null ? null : dates.lastReturnDay({ endsOn });
    return hasCome(since) ? [{ ...task, kind: TaskKind.RECORD_RETURN, since, dueOn }] : [];
  };
  return visits.flatMap(toTask);
}

interface MeetingsResponse {
  /** Null if the offices are unavailable. */
  readonly delegateCount: number | null;
  readonly delegatesSelectedOn: string | null;
  readonly delegatesBriefedOn: string | null;
  readonly delegatesDebriefedOn: string | null;
}

/** What the offices have of a group of officers alone. */
const nothing: MeetingsResponse = {
  delegateCount: 0,
  delegatesSelectedOn: null,
  delegatesBriefedOn: null,
  delegatesDebriefedOn: null,
};

/** Null if the offices did not say whether they have held the next meeting. */
async function askMeetings(
  { group, sides: between, hasDeparted }: OpenGroup,
  ask: Ask,
): Promise<MeetingsResponse | null> {
  if (!sides.sendsDelegates(between)) return nothing;
  const { known, isWhole } = await ask<MeetingsResponse>({
    root: 'group',
    id: group.id,
    selection: 'delegateCount delegatesSelectedOn delegatesBriefedOn delegatesDebriefedOn',
  });
  return isWhole(hasDeparted ? 'delegatesDebriefedOn' : 'delegatesBriefedOn') ? known : null;
}

/** Whether an office that co-ordinates where a group comes from is open today. */
async function askIsOpen({ group }: OpenGroup, today: string, ask: Ask): Promise<boolean> {
  const { known } = await ask<{ readonly from: CoordinatorsResponse }>({
    root: 'group',
    id: group.id,
    selection: `from ${selectCoordinators()}`,
  });
  const offices = (known && readCoordinators(known.from)) ?? [null];
  // An office of which nobody responds may be open.
  return offices.some((office) => office === null || dates.isWithin(today, office));
}

/** Whether both sides have signed, after which nothing more is recorded; null if unknown. */
async function askIsEvaluated(
  { programme: { id, isSigned } }: OpenGroup,
  ask: Ask,
): Promise<boolean | null> {
  if (!isSigned) return false;
  const selection = 'officeSignatureCount';
  const { known: response } = await ask<{ readonly officeSignatureCount: number | null }>({
    root: 'programme',
    id,
    selection,
  });
  const count = response?.officeSignatureCount ?? null;
  return count === null ? null : count > 0;
}

const toMeeting = (
  kind: 'BRIEF_GROUP' | 'DEBRIEF_GROUP',
  { group }: OpenGroup,
  since: string | null,
  dueOn: string | null,
): FoundTask => ({ kind, subject: group.id, group, visit: null, since, dueOn });

/** The day of the last of two decisions. */
const later = (one: string | null, other: string | null): string | null =>
  (one ?? '') < (other ?? '') ? other : one;

/** The next meeting of a group: its briefing if it needs one, or after the return its debriefing. */
async function findMeeting(open: OpenGroup, ask: Ask): Promise<FoundTask[]> {
  const { hasDeparted, departsOn, returnedOn, members, programme, sides: between } = open;
  if (hasDeparted ? returnedOn === null : !sides.isBriefingDue(between)) return [];
  if ((hasDeparted ? open.debriefedOn : open.briefedOn) !== null) return [];
  const [response, isEvaluated] = await Promise.all([
    askMeetings(open, ask),
    hasDeparted ? askIsEvaluated(open, ask) : false,
  ]);
  if (response?.delegateCount == null || isEvaluated !== false) return [];
  if (hasDeparted)
    return response.delegatesDebriefedOn === null
      ? [toMeeting('DEBRIEF_GROUP', open, returnedOn, programme.closesOn)]
      : [];
  const isSelected = members.length + response.delegateCount >= programme.groupSizeMin;
  const since = later(response.delegatesSelectedOn, lastAcceptance(members));
  return isSelected && response.delegatesBriefedOn === null
    ? [toMeeting('BRIEF_GROUP', open, since, departsOn)]
    : [];
}

/**
 * The network records departures and returns. Whoever meets a group briefs and debriefs it: the
 * offices the groups that they co-ordinate, the network the others.
 */
export const findJourneyTasks: FindTasks = async (own, ask) => {
  const { organisation, groups, today } = own;
  const isNetwork = organisation === codes.networkCode;
  if (!isNetwork && organisation !== codes.officesCode) return [];
  // All are asked at once: a step that waits would need a second request.
  const ofGroup = async (open: OpenGroup) => {
    const isOfOffices = sides.officesMeet(open.sides);
    const mayBeClosed = isOfOffices && open.sides.direction === null;
    if (!mayBeClosed) return isOfOffices === isNetwork ? [] : findMeeting(open, ask);
    const [isOpen, found] = await Promise.all([
      askIsOpen(open, today, ask),
      findMeeting(open, ask),
    ]);
    return isOpen === isNetwork ? [] : found;
  };
  const meetings = await Promise.all(groups.map(ofGroup));
  return [...(isNetwork ? findDateTasks(own) : []), ...meetings.flat()];
};
