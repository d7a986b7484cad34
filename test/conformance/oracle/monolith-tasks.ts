import { closingOf, daysOf, page, sortBy, type Key } from './lists.js';
import { decisionOn, statusOf } from './monolith-consents.js';
import { meetingOf } from './monolith-meetings.js';
import { outstandingOf } from './open-formalities.js';
import { ownerOf, type Resolvers } from './resolvers.js';
import type { Row, Rows } from './rows.js';

type Tables = Rows['police'];
type Add = (kind: string, subject: unknown, task: Row) => void;

const dayMs = 24 * 60 * 60 * 1000;
const where = (tables: Tables, table: string, column: string, value: unknown): Row[] =>
  (tables[table] ?? []).filter((row) => row[column] === value);
const isNorth = ({ direction }: Row): boolean => direction === 'NORTH_WEST_RUSSIA_TO_NORDIC';

/** A group with what decides on its tasks. */
interface Journey {
  readonly programme: Row;
  readonly group: Row;
  readonly visits: readonly Row[];
  readonly hasLeft: boolean;
  /** The first day of the next visit. */
  readonly next: string | null;
  /** The day on which it was back from all visits. */
  readonly back: string | null;
  /** Two years after the programme. */
  readonly closes: string | null;
}

function journeysOf({ network }: Rows, programme: Row): Journey[] {
  const groups = where(network, 'groups', 'programme_id', programme.id);
  return groups
    .filter(({ cancelled_on }) => cancelled_on === null)
    .map((group) => {
      const visits = sortBy(
        where(network, 'visits', 'group_id', group.id),
        'starts_on',
        'id',
      ).filter(({ cancelled_on }) => cancelled_on === null);
      const isBack = visits.length > 0 && visits.every(({ returned_on }) => returned_on !== null);
      return {
        programme,
        group,
        visits,
        hasLeft: visits.some(({ departed_on }) => departed_on !== null),
        next: visits.find(({ departed_on }) => departed_on === null)?.starts_on ?? null,
        back: isBack ? sortBy(visits, 'returned_on').at(-1)?.returned_on : null,
        closes: closingOf(programme),
      };
    });
}

const selectedOf = ({ offices }: Rows, { group }: Journey): Row[] =>
  where(offices, 'delegate_nominations', 'group_id', group.id).filter(
    ({ status, reserve }) => status === 'SELECTED' && !reserve,
  );

const isSigned = (tables: Tables, table: string, programme: Row): boolean =>
  where(tables, table, 'programme_id', programme.id).length > 0;

/** What the side has to do that prepares a group: decide, brief, debrief. */
function addPreparation(rows: Rows, journey: Journey, add: Add): void {
  const { network, offices, police } = rows;
  const { programme, group, hasLeft, next, back, closes } = journey;
  const pending = isNorth(group)
    ? where(offices, 'delegate_nominations', 'group_id', group.id).filter(
        ({ status }) => status === 'PENDING',
      )
    : where(police, 'officer_nominations', 'group_id', group.id).filter(
        ({ id, withdrawn_on }) =>
          withdrawn_on === null &&
          // A decision that was taken back leaves its row.
          where(network, 'officer_nominations', 'id', id).every(
            ({ accepted_on, declined_on }) => accepted_on === null && declined_on === null,
          ),
      );
  if (!hasLeft)
    for (const { id, nominated_on } of pending)
      add('DECIDE_NOMINATION', id, { group, since: nominated_on, due_on: next });
  const hasMet = (kind: string) => meetingOf(rows, group, kind) !== undefined;
  const selected = selectedOf(rows, journey);
  const isDue = isNorth(group) && selected.length >= programme.group_size_min && !hasLeft;
  if (isDue && !hasMet('BRIEFING')) {
    const since = sortBy(selected, 'decided_on').at(-1)?.decided_on;
    add('BRIEF_GROUP', group.id, { group, since, due_on: next });
  }
  const isEvaluated =
    isSigned(network, 'evaluation_signatures', programme) &&
    isSigned(offices, 'programme_signatures', programme);
  if (back !== null && !hasMet('DEBRIEFING') && !isEvaluated)
    add('DEBRIEF_GROUP', group.id, { group, since: back, due_on: closes });
}

/** What the side has to do that sends members. */
function addMembers(organisation: string, rows: Rows, journey: Journey, add: Add): void {
  const { network, offices, police } = rows;
  const { group, visits, hasLeft, next, back, closes } = journey;
  const accepted = where(network, 'officer_nominations', 'group_id', group.id).filter(
    (row) => row.accepted_on !== null && row.declined_on === null && !row.reserve,
  );
  const officers = accepted
    .filter(({ officer_id }) => ownerOf(officer_id as string) === organisation)
    .map(({ officer_id, accepted_on }) => ({ id: officer_id, since: accepted_on }));
  const delegates = isNorth(group)
    ? selectedOf(rows, journey).map((row) => ({ id: row.delegate_id, since: row.decided_on }))
    : [];
  const misses = (person: unknown, visit: Row) =>
    where(network, 'absences', 'visit_id', visit.id).some(
      (row) =>
        row.participant_id === person && row.from_on <= (visit.departed_on ?? visit.starts_on),
    );
  for (const { id, since } of organisation === 'ncm' ? delegates : officers) {
    const travelled = visits.filter((visit) => !misses(id, visit));
    if (travelled.length === 0) continue;
    const waits =
      organisation === 'ncm'
        ? outstandingOf(offices, 'delegate', id, group.id)
        : outstandingOf(police, 'officer', id, group.id);
    if (!hasLeft && waits.includes('FORMALITIES'))
      add('COMPLETE_FORMALITIES', id, { group, since, due_on: next });
    if (back !== null && waits.includes('REPORT'))
      add('HAND_IN_REPORT', id, { group, visit: travelled.at(-1), since: back, due_on: closes });
  }
}

function addDates({ group }: Journey, visit: Row, today: string, add: Add): void {
  const { starts_on, ends_on, departed_on } = visit;
  if (departed_on === null && starts_on !== null && starts_on <= today)
    add('RECORD_DEPARTURE', visit.id, { group, visit, since: starts_on, due_on: starts_on });
  const since = (ends_on ?? departed_on) as string;
  if (departed_on === null || since > today) return;
  const latest = ends_on && new Date(Date.parse(ends_on as string) + 30 * dayMs).toISOString();
  const due_on = latest ? latest.slice(0, 10) : null;
  add('RECORD_RETURN', visit.id, { group, visit, since, due_on });
}

/** What the network has lost: a host without another offer, an expert who was taken back. */
function addLost(rows: Rows, { group }: Journey, visit: Row, add: Add): void {
  const { network, offices, police } = rows;
  const task = { group, visit, due_on: visit.starts_on };
  const hosts = where(network, 'visit_hosts', 'visit_id', visit.id).map(({ country }) =>
    country === 'RU' ? 'ncm' : (country as string).toLowerCase(),
  );
  const offers = [
    ...where(police, 'hostings', 'visit_id', visit.id),
    ...where(offices, 'regional_hostings', 'visit_id', visit.id),
  ];
  for (const host of visit.departed_on === null ? hosts : []) {
    const own = offers.filter(({ id }) => ownerOf(id as string) === host);
    if (own.length === 0 || own.some(({ status }) => status !== 'WITHDRAWN')) continue;
    const days = own.map((offer) => ({ ...offer, day: offer.withdrawn_on ?? offer.decided_on }));
    const last = (sortBy(days, 'day') as Row[]).at(-1);
    if (last) add('REPLACE_HOST', last.id, { ...task, since: last.day });
  }
  for (const { id } of where(network, 'expert_assignments', 'visit_id', visit.id)) {
    const [loan] = where(police, 'expert_loans', 'assignment_id', id);
    if (loan && loan.withdrawn_on !== null)
      add('REPLACE_EXPERT', id, { ...task, since: loan.withdrawn_on });
  }
}

/** What is to plan before the departure: people, a visit, stops. */
function addPlans(
  organisation: string,
  rows: Rows,
  journey: Journey,
  add: Add,
  today: string,
): void {
  const { network, offices, police } = rows;
  const { programme, group, visits, hasLeft, next: due_on } = journey;
  const [, last] = programme.ends_on === null ? [] : daysOf(programme.ends_on as string);
  const isOpen = last === undefined || today <= last;
  if (organisation === 'nbnp') {
    if (visits.length === 0 && isOpen) add('PLAN_VISIT', group.id, { group, due_on: last ?? null });
    for (const visit of visits.filter(({ departed_on }) => departed_on === null)) {
      const stops = where(network, 'itinerary_stops', 'visit_id', visit.id);
      if (!stops.some(({ status }) => ['PLANNED', 'HELD'].includes(status as string)))
        add('ADD_STOP', visit.id, { group, visit, due_on: visit.starts_on });
    }
    return;
  }
  const accepted = where(network, 'officer_nominations', 'group_id', group.id).filter(
    (row) => row.accepted_on !== null && row.declined_on === null && !row.reserve,
  );
  if (hasLeft || !isOpen || accepted.length >= group.planned_size) return;
  if (isNorth(group) !== (organisation === 'ncm')) return;
  const own = isNorth(group)
    ? where(offices, 'delegate_nominations', 'group_id', group.id).filter(
        ({ status }) => status !== 'WITHDRAWN',
      )
    : where(police, 'officer_nominations', 'group_id', group.id).filter(
        ({ id, withdrawn_on }) =>
          ownerOf(id as string) === organisation &&
          (withdrawn_on === null || where(network, 'officer_nominations', 'id', id).length > 0),
      );
  if (own.length === 0) add('NOMINATE', group.id, { group, due_on });
}

/** What a host has to do, and the police of an expert, until the return. */
function addHost(organisation: string, rows: Rows, { group }: Journey, visit: Row, add: Add): void {
  const { network, offices, police } = rows;
  const due_on = visit.starts_on;
  const task = { group, visit, due_on };
  const isHost = ({ country }: Row) =>
    organisation === (country === 'RU' ? 'ncm' : country.toLowerCase());
  const ofVisit = (tables: Tables, table: string) => where(tables, table, 'visit_id', visit.id);
  const own = ({ partner }: Row) => (partner ?? 'ncm') === organisation;
  const confirmations = [police, offices].flatMap((tables) => tables.stop_confirmations ?? []);
  for (const stop of ofVisit(network, 'itinerary_stops')) {
    if (!['PLANNED', 'HELD'].includes(stop.status) || !isHost({ country: stop.host_country }))
      continue;
    const isConfirmed = confirmations.some(
      (row) => own(row) && row.stop_id === stop.id && row.stop_version >= stop.plan_version,
    );
    const day = visit.departed_on === null ? due_on : stop.day;
    if (!isConfirmed) add('CONFIRM_STOP', stop.id, { ...task, due_on: day });
  }
  if (ofVisit(network, 'visit_hosts').some(isHost)) {
    const hostings = [...ofVisit(police, 'hostings'), ...ofVisit(offices, 'regional_hostings')];
    const offers = hostings.filter(own).map((row) => ({ ...row, status: statusOf(rows, row) }));
    if (offers.every(({ status }) => status === 'WITHDRAWN')) add('OFFER_HOSTING', visit.id, task);
    for (const { id, status } of offers as Row[])
      if (status === 'OFFERED') add('CONFIRM_HOSTING', id, task);
  }
  for (const assignment of ofVisit(network, 'expert_assignments')) {
    const { id, expert_id, assigned_on } = assignment;
    if (ownerOf(expert_id as string) === organisation && !decisionOn(rows, assignment))
      add('DECIDE_LOAN', id, { ...task, since: assigned_on });
  }
}

function addEvaluation(
  isOffices: boolean,
  { network, offices, police }: Rows,
  journeys: readonly Journey[],
  add: Add,
): void {
  const [first] = journeys;
  if (!first) return;
  const { programme, closes } = first;
  const returns = journeys.map(({ back }) => back);
  const since = returns.includes(null) ? null : (returns.toSorted().at(-1) ?? null);
  const tables = isOffices ? offices : network;
  const signatures = isOffices ? 'programme_signatures' : 'evaluation_signatures';
  if (since === null || isSigned(tables, signatures, programme)) return;
  const [text] = where(tables, 'evaluation_texts', 'programme_id', programme.id);
  const isDrafted =
    text !== undefined &&
    (isOffices || text.summary || text.findings.length > 0 || text.recommendations.length > 0);
  const isReported = journeys.every(({ group }) => {
    const sender = isNorth(group) ? offices : police;
    return where(sender, 'participant_reports', 'group_id', group.id).length > 0;
  });
  const task = { group: null, since, due_on: closes };
  if (!isDrafted) add('DRAFT_EVALUATION', programme.id, task);
  else if (isReported) add('SIGN_EVALUATION', programme.id, task);
}

/** All that waits for an organisation, by what everybody has recorded until this day, in order: nothing is uncertain. */
export function tasksOf(organisation: string, rows: Rows, today: string): Row[] {
  const tasks: Row[] = [];
  const add: Add = (kind, subject, task) => {
    const { group } = task;
    const place = group && group.id !== subject ? `/${group.id}` : '';
    const id = `nbnp:task/${organisation}/${kind}/${subject}${place}`;
    const known = { visit: null, since: null, due_on: null, is_uncertain: false };
    tasks.push({ ...known, ...task, kind, subject, id });
  };
  const isOffices = organisation === 'ncm';
  const isNetwork = organisation === 'nbnp';
  for (const programme of rows.network.programmes ?? []) {
    const closes = closingOf(programme);
    if (closes !== null && closes < today) continue;
    const journeys = journeysOf(rows, programme);
    for (const journey of journeys) {
      if (isNorth(journey.group) ? isOffices : isNetwork) addPreparation(rows, journey, add);
      addPlans(organisation, rows, journey, add, today);
      addMembers(organisation, rows, journey, add);
      for (const visit of journey.visits.filter(({ returned_on }) => returned_on === null)) {
        if (isNetwork) addDates(journey, visit, today, add);
        if (isNetwork) addLost(rows, journey, visit, add);
        addHost(organisation, rows, journey, visit, add);
      }
    }
    if (isNetwork || isOffices) addEvaluation(isOffices, rows, journeys, add);
  }
  return sortBy(tasks, 'due_on', 'since', 'id');
}

/** The network asks others by another hub, so that nobody is away for it. */
export const taskResolvers = (rows: Rows, allRows: Rows): Resolvers => ({
  'Query.tasks': (_, paging) =>
    page(tasksOf('nbnp', allRows, new Date().toISOString().slice(0, 10)), paging, {
      keysOf: ({ due_on, since, id }): Key[] => [due_on, since, id],
    }),
  'Officer.outstanding': ({ id }, { group }) => outstandingOf(rows.police, 'officer', id, group),
  'Delegate.outstanding': ({ id }, { group }) => outstandingOf(rows.offices, 'delegate', id, group),
});
