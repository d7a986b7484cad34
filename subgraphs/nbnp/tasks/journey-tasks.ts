import { dates } from '@hub/shared/graphql';
import { codes } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import { TaskKind } from '../entities/vocabulary.js';
import type { Ask } from './ask-others.js';
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

/** Null if the offices did not say whether they have held the next meeting. */
async function askMeetings(
  { group, hasDeparted }: OpenGroup,
  ask: Ask,
): Promise<MeetingsResponse | null> {
  const { known, isWhole } = await ask<MeetingsResponse>({
    root: 'group',
    id: group.id,
    selection: 'delegateCount delegatesSelectedOn delegatesBriefedOn delegatesDebriefedOn',
  });
  return isWhole(hasDeparted ? 'delegatesDebriefedOn' : 'delegatesBriefedOn') ? known : null;
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

/**
 * The network has no briefing: the process requires one only before visits to the Nordic countries.
 */
async function findOfNetwork(open: OpenGroup, ask: Ask): Promise<FoundTask[]> {
  const { returnedOn, debriefedOn, programme } = open;
  if (returnedOn === null || debriefedOn !== null) return [];
  if ((await askIsEvaluated(open, ask)) !== false) return [];
  return [toMeeting('DEBRIEF_GROUP', open, returnedOn, programme.closesOn)];
}

async function findOfOffices(open: OpenGroup, ask: Ask): Promise<FoundTask[]> {
  const { hasDeparted, departsOn, returnedOn, programme } = open;
  if (hasDeparted && returnedOn === null) return [];
  const [response, isEvaluated] = await Promise.all([
    askMeetings(open, ask),
    hasDeparted ? askIsEvaluated(open, ask) : false,
  ]);
  if (response?.delegateCount == null || isEvaluated !== false) return [];
  if (hasDeparted)
    return response.delegatesDebriefedOn === null
      ? [toMeeting('DEBRIEF_GROUP', open, returnedOn, programme.closesOn)]
      : [];
  const isSelected = response.delegateCount >= programme.groupSizeMin;
  return isSelected && response.delegatesBriefedOn === null
    ? [toMeeting('BRIEF_GROUP', open, response.delegatesSelectedOn, departsOn)]
    : [];
}

/**
 * The network records departures and returns. Each side meets the groups that it has prepared: the
 * offices those from North-West Russia, the network the others.
 */
export const findJourneyTasks: FindTasks = async (own, ask) => {
  if (own.organisation === codes.networkCode) {
    const groups = own.groups.filter((open) => !sides.officesMeet(open.sides));
    const meetings = await Promise.all(groups.map((open) => findOfNetwork(open, ask)));
    return [...findDateTasks(own), ...meetings.flat()];
  }
  if (own.organisation !== codes.officesCode) return [];
  const groups = own.groups.filter((open) => sides.officesMeet(open.sides));
  return (await Promise.all(groups.map((open) => findOfOffices(open, ask)))).flat();
};
