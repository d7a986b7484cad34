import { readRows } from '@hub/shared/database';
import { dates } from '@hub/shared/graphql';
import type { PartnerContext } from '@hub/shared/policy';
import { groupVisits, type sides } from '@hub/shared/programme';
import { loadAbsences } from '../access/load-absences.js';
import { loadMeetingDay } from '../access/load-meetings.js';
import { isDecided, isMember, type WithLoaders } from '../access/load-related.js';
import { loadStandingVisits, todayOf } from '../access/visible-visits.js';
import { loadHosts } from '../access/visit-facts.js';
import { EvaluationSignature, EvaluationText } from '../entities/evaluation.entity.js';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Programme, type Deadline } from '../entities/programme.entity.js';
import { ExpertAssignment, type Absence, type Visit } from '../entities/visit.entity.js';
import { countedStatuses } from '../entities/vocabulary.js';
import { hasReturned, lastReturn } from '../groups/group-for-change.js';
import { loadGroupSides } from '../sides/load-sides.js';

/** A group that was not cancelled. */
export interface OpenGroup {
  readonly group: Group;
  /** What decides who sends and meets it. */
  readonly sides: sides.GroupSides;
  /** Without those that were cancelled, by first day. */
  readonly visits: readonly Visit[];
  readonly hasDeparted: boolean;
  /** The first day of the next visit. */
  readonly departsOn: string | null;
  /** The day of the last return; null until the group is back from all visits. */
  readonly returnedOn: string | null;
  /** The day of the network’s briefing. */
  readonly briefedOn: string | null;
  /** The day of the network’s debriefing. */
  readonly debriefedOn: string | null;
  readonly members: readonly OfficerNomination[];
  /** The nominations on which the network has decided. */
  readonly decided: ReadonlySet<string>;
  /** Those of which it took the decision back. */
  readonly reopened: ReadonlySet<string>;
  readonly absences: readonly Absence[];
  /** Members who travel on no visit. */
  readonly stayingHome: ReadonlySet<string>;
  readonly programme: OpenProgramme;
}

/** A visit from which its group is not back, neither of which was cancelled. */
export interface OpenVisit {
  readonly group: Group;
  readonly visit: Visit;
  /** The codes of the organisations that host it. */
  readonly hosts: ReadonlySet<string>;
  /** Without those that were called off or not held. */
  readonly stops: readonly ItineraryStop[];
  readonly assignments: readonly ExpertAssignment[];
}

/** A programme that is not closed, with its groups that were not cancelled. */
export interface OpenProgramme {
  readonly id: string;
  readonly groupSizeMin: number;
  readonly deadlines: readonly Deadline[];
  readonly groups: OpenGroup[];
  readonly isSigned: boolean;
  readonly isDrafted: boolean;
  /**
   * The last day of debriefings, reports and signatures: two years after its end. Null while the
   * end is open.
   */
  readonly closesOn: string | null;
  /** Its own last day; null while the end is open. */
  readonly lastDay: string | null;
}

/** The network’s own facts for the tasks of one organisation. */
export interface OwnFacts {
  readonly organisation: string;
  readonly today: string;
  readonly groups: readonly OpenGroup[];
  readonly visits: readonly OpenVisit[];
  readonly programmes: readonly OpenProgramme[];
}

type LoadedFacts = Omit<OwnFacts, 'organisation'>;

/** Loads all of them with eleven statements, however many groups and visits there are. */
export async function loadOwnFacts(
  context: WithLoaders & Pick<PartnerContext, 'source' | 'clock'>,
): Promise<LoadedFacts> {
  const standing = context.source.getRepository(Group).createQueryBuilder('group_');
  const rows = await readRows(standing.where('group_.cancelledOn IS NULL').orderBy('group_.id'));
  return loadFactsOf(rows, context);
}

/** The same of some groups that were not cancelled. */
export async function loadFactsOf(
  rows: readonly Group[],
  context: WithLoaders & Pick<PartnerContext, 'clock'>,
): Promise<LoadedFacts> {
  const today = todayOf(context);
  const programmes = await loadProgrammes(rows, today, context);
  const open = rows.flatMap((group) => {
    const programme = programmes.get(group.programmeId);
    return programme ? loadGroup(group, programme, context) : [];
  });
  const groups = await Promise.all(open);
  for (const each of groups) each.programme.groups.push(each);
  const visits = groups.flatMap((each) => openVisitsOf(each, context));
  return {
    today,
    groups,
    visits: await Promise.all(visits),
    programmes: [...programmes.values()],
  };
}

/**
 * The programmes of these groups, without closed ones, for which no rule accepts a record any more.
 */
async function loadProgrammes(
  groups: readonly Group[],
  today: string,
  context: WithLoaders,
): Promise<ReadonlyMap<string, OpenProgramme>> {
  const ids = [...new Set(groups.map(({ programmeId }) => programmeId))].sort();
  const programmes = await Promise.all(ids.map((id) => loadProgramme(id, context)));
  const open = programmes.filter(({ closesOn }) => closesOn === null || closesOn >= today);
  return new Map(open.map((programme) => [programme.id, programme]));
}

async function loadProgramme(id: string, { loaders }: WithLoaders): Promise<OpenProgramme> {
  const [programme, signature, text] = await Promise.all([
    loaders.one(Programme).load(id),
    loaders.one(EvaluationSignature, 'programmeId').load(id),
    loaders.one(EvaluationText, 'programmeId').load(id),
  ]);
  if (!programme) throw new Error(`There is no programme ${id}.`);
  return {
    id,
    groupSizeMin: programme.groupSizeMin,
    deadlines: programme.deadlines ?? [],
    groups: [],
    isSigned: signature !== null,
    isDrafted: text !== null && isWritten(text),
    closesOn: programme.endsOn === null ? null : dates.lastPaperworkDay(programme),
    lastDay: programme.endsOn === null ? null : dates.lastDayOf(programme.endsOn),
  };
}

/** True for a text with content. A signature without a draft has an empty text. */
const isWritten = ({ summary, findings, recommendations }: EvaluationText): boolean =>
  summary !== null || findings.length > 0 || recommendations.length > 0;

async function loadGroup(
  group: Group,
  programme: OpenProgramme,
  context: WithLoaders,
): Promise<OpenGroup> {
  const [between, standing, decisions, absences, briefedOn, debriefedOn] = await Promise.all([
    loadGroupSides(group, context),
    loadStandingVisits(group.id, context),
    context.loaders.many(OfficerNomination, 'groupId').load(group.id),
    loadAbsences(group.id, context),
    loadMeetingDay(group.id, 'BRIEFING', context),
    loadMeetingDay(group.id, 'DEBRIEFING', context),
  ]);
  const visits = standing.toSorted(byStart);
  return {
    group,
    sides: between,
    programme,
    visits,
    hasDeparted: visits.some(({ departedOn }) => departedOn !== null),
    departsOn: visits.find(({ departedOn }) => departedOn === null)?.startsOn ?? null,
    returnedOn: hasReturned(visits) ? lastReturn(visits) : null,
    briefedOn,
    debriefedOn,
    members: decisions.filter(isMember),
    decided: new Set(decisions.filter(isDecided).map(({ id }) => id)),
    reopened: new Set(decisions.filter((one) => !isDecided(one)).map(({ id }) => id)),
    absences,
    stayingHome: groupVisits.findStayingHome(visits, absences),
  };
}

/** A visit without dates comes last. */
function byStart(one: Visit, other: Visit): number {
  const [first, second] = [one, other].map(({ startsOn, id }) => `${startsOn ?? '~'} ${id}`);
  return (first ?? '') < (second ?? '') ? -1 : 1;
}

const openVisitsOf = ({ group, visits }: OpenGroup, context: WithLoaders) =>
  visits
    .filter(({ returnedOn }) => returnedOn === null)
    .map((visit) => loadVisit(group, visit, context));

async function loadVisit(group: Group, visit: Visit, context: WithLoaders): Promise<OpenVisit> {
  const { loaders } = context;
  const [hosts, stops, assignments] = await Promise.all([
    loadHosts(visit.id, context),
    loaders.many(ItineraryStop, 'visitId').load(visit.id),
    loaders.many(ExpertAssignment, 'visitId').load(visit.id),
  ]);
  return {
    group,
    visit,
    hosts: new Set(hosts),
    stops: stops.filter(({ status }) => countedStatuses.includes(status)),
    assignments,
  };
}
