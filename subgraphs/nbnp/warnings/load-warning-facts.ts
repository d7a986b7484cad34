import type { HubError } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { createFactReader, type PartnerContext, type ReadFact } from '@hub/shared/policy';
import { sides, type vocabulary } from '@hub/shared/programme';
import { decideMeetings } from '../access/decide-itinerary.js';
import { loadMeetings } from '../access/load-meetings.js';
import { loadAccepted } from '../access/load-related.js';
import { loadVisibleVisits, todayOf } from '../access/visible-visits.js';
import { settleMissing, type NoteMissing } from '../access/with-missing.js';
import type { Group } from '../entities/group.entity.js';
import { countDays } from '../entities/partial-date.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import type { Visit } from '../entities/visit.entity.js';
import type { GroupFacts } from '../groups/derive-group-state.js';
import { loadOwnFacts, loadProgramme } from '../groups/load-group-facts.js';
import type { WarningFacts } from './derive-warnings.js';
import { isNear } from './is-near.js';
import { haveOfficesClosed } from './load-office-warnings.js';

type OthersFacts = Partial<WarningFacts>;

/** Requested each time, so that the warning disappears with the last report. */
const askedAnew = { field: 'group', memoryMs: 0 } as const;

/** The offices’ facts about a group that they send. */
const readDelegates = createFactReader<OthersFacts>({
  ...askedAnew,
  selection: '{ delegateCount delegatesBriefedOn delegatesDebriefedOn delegateReportsReceived }',
  read: (response) => response,
});

/** The police forces’ facts about a group that they send. */
const readOfficers = createFactReader<OthersFacts>({
  ...askedAnew,
  selection: '{ officerReportsReceived }',
  read: (response) => response,
});

interface VisasResponse {
  readonly delegateVisasRefused?: number | null;
  readonly officerVisasRefused?: number | null;
}

interface PreparingResponse
  extends
    Readonly<Record<string, unknown>>,
    Pick<GroupFacts, 'delegateCount' | 'delegateFormalitiesOpen'> {
  readonly delegateVisasRefused: number | null;
  readonly delegateMeetings:
    | readonly { readonly kind: vocabulary.MeetingKind; readonly missed: number | null }[]
    | null;
}

/** A server of an earlier version counts no refused visas. */
const askedOfPreparing = {
  ...askedAnew,
  mayLackSome: ({ code }: HubError) => code === 'PARTNER_LACKS_FIELD',
} as const;

/** Before the departure their members’ formalities are due, and the briefing of each. */
const readPreparingDelegates = createFactReader<OthersFacts>({
  ...askedOfPreparing,
  selection:
    '{ delegateCount delegateFormalitiesOpen delegateVisasRefused delegateMeetings { kind missed } }',
  read({ delegateMeetings, delegateVisasRefused, ...counts }: PreparingResponse) {
    const briefing = delegateMeetings?.find(({ kind }) => kind === 'BRIEFING');
    return {
      ...counts,
      visasRefused: delegateVisasRefused,
      missedBriefing: briefing?.missed ?? null,
    };
  },
});
const readDelegateFormalities = createFactReader<OthersFacts>({
  ...askedOfPreparing,
  selection: '{ delegateCount delegateFormalitiesOpen delegateVisasRefused }',
  read: ({ delegateVisasRefused: visasRefused, ...counts }: VisasResponse) => ({
    ...counts,
    visasRefused: visasRefused ?? null,
  }),
});
const readOfficerFormalities = createFactReader<OthersFacts>({
  ...askedOfPreparing,
  selection: '{ officerFormalitiesOpen officerVisasRefused }',
  read: ({ officerVisasRefused: visasRefused, ...counts }: VisasResponse) => ({
    ...counts,
    visasRefused: visasRefused ?? null,
  }),
});

/** What those who send a group know of it, as far as something may be due. */
function choose(
  { sides: group, cancelledOn, hasDeparted, hasReturned, acceptedOfficers }: GroupFacts,
  mayReadAttendance: boolean,
): readonly ReadFact<OthersFacts>[] {
  if (cancelledOn !== null) return [];
  const ofDelegates = () => {
    if (hasDeparted) return readDelegates;
    return mayReadAttendance ? readPreparingDelegates : readDelegateFormalities;
  };
  const ofOfficers = () => {
    if (hasReturned) return [readOfficers];
    // Nobody’s formalities are open before somebody is accepted.
    return hasDeparted || acceptedOfficers === 0 ? [] : [readOfficerFormalities];
  };
  return [
    ...(sides.sendsDelegates(group) ? [ofDelegates()] : []),
    ...(sides.sendsOfficers(group) ? ofOfficers() : []),
  ];
}

/** The facts of all who send the group. Each counts its own refused visas. */
function combine(facts: readonly (OthersFacts | null | undefined)[]): OthersFacts {
  const known = facts.flatMap((some) => some ?? []);
  const refused = known.flatMap(({ visasRefused }) => visasRefused ?? []);
  const visasRefused = refused.length > 0 ? sum(refused) : null;
  return { ...known.reduce((all, some) => ({ ...all, ...some }), {}), visasRefused };
}

/** The first visit from which a return can hardly be expected any more. */
function findOverdue(visits: readonly Visit[], today: string): WarningFacts['overdue'] {
  const isAway = ({ departedOn, returnedOn, cancelledOn }: Visit) =>
    departedOn !== null && returnedOn === null && cancelledOn === null;
  const late = visits.find((visit) => isAway(visit) && dates.lastReturnDay(visit) < today);
  return late ? { visitId: late.id, dueOn: dates.lastReturnDay(late) } : null;
}

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);

/** The days of visits together. A visit without dates has none. */
const sumDays = (visits: readonly Visit[]): number =>
  sum(visits.map(({ startsOn, endsOn }) => (startsOn && endsOn ? countDays(startsOn, endsOn) : 0)));

/** The last days by which what is due of a group is due. */
async function loadDueDays(
  group: Group,
  context: PartnerContext,
): Promise<
  Pick<
    WarningFacts,
    'departsOn' | 'isSoon' | 'journeyDays' | 'plannedDays' | 'overdue' | 'closesOn'
  >
> {
  const [programme, visits, planned] = await Promise.all([
    loadProgramme(group, context),
    loadVisibleVisits(group.id, context),
    context.loaders.many(PlannedJourney, 'programmeId').load(group.programmeId),
  ]);
  const journeys = planned.filter(
    ({ direction, fromSideId, toSideId }) =>
      direction === group.direction &&
      fromSideId === group.fromSideId &&
      toSideId === group.toSideId,
  );
  const today = todayOf(context);
  const next = visits.find(({ cancelledOn, departedOn }) => !cancelledOn && !departedOn);
  return {
    departsOn: next?.startsOn ?? null,
    isSoon: next !== undefined && isNear(next, today),
    journeyDays: sumDays(visits.filter(({ cancelledOn }) => cancelledOn === null)),
    plannedDays: journeys.length === 0 ? null : sum(journeys.map(({ weeks }) => weeks * 7)),
    overdue: findOverdue(visits, today),
    closesOn: programme.endsOn === null ? null : dates.lastPaperworkDay(programme),
  };
}

/**
 * The facts for warnings: the network’s own, and those of the sending side, requested from the hub
 * because the contract does not include them in representations. What an unavailable partner would
 * say is null.
 */
export async function loadWarningFacts(
  group: Group,
  context: PartnerContext,
  note: NoteMissing,
): Promise<WarningFacts> {
  const [own, days] = await Promise.all([
    loadOwnFacts(group, context),
    loadDueDays(group, context),
  ]);
  const isPreparing = own.cancelledOn === null && !own.hasDeparted;
  // Only for those who may read who came, because the offices record each reading.
  const isReader = isPreparing && (await decideMeetings(context, group.id));
  const reads = choose(own, isReader);
  const [missed, facts, closed] = await Promise.all([
    isReader ? countMissed(group.id, context) : null,
    settleMissing(reads.map((read) => read(context, group.id))),
    settleMissing([
      own.cancelledOn === null && haveOfficesClosed({ id: group.id, sides: own.sides }, context),
    ]),
  ]);
  for (const error of [...facts.missing, ...closed.missing]) note(error);
  const [areClosed = null] = closed.value;
  const others = combine(facts.value);
  const missedBriefing = others.missedBriefing ?? missed;
  const known = { visasRefused: null, ...others, missedBriefing, haveOfficesClosed: areClosed };
  return { id: group.id, ...days, ...own, ...known };
}

/** How many officers were not at the network’s briefing; null if nobody recorded who came. */
async function countMissed(groupId: string, context: PartnerContext): Promise<number | null> {
  const [meetings, accepted] = await Promise.all([
    loadMeetings(groupId, context),
    loadAccepted(groupId, context),
  ]);
  const briefing = meetings.find(({ kind }) => kind === 'BRIEFING');
  return briefing?.countMissed(accepted.map(({ officerId }) => officerId)) ?? null;
}
