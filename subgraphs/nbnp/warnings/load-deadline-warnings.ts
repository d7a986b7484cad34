import type { HubError } from '@hub/shared/errors';
import { readers, type PartnerContext } from '@hub/shared/policy';
import { createAsk, type Ask, type FactQuery } from '../access/ask-others.js';
import { decideItinerary } from '../access/decide-itinerary.js';
import type { NoteMissing } from '../access/with-missing.js';
import type { Group } from '../entities/group.entity.js';
import type { Visit } from '../entities/visit.entity.js';
import type { DeadlineKind } from '../entities/vocabulary.js';
import { loadProgramme } from '../groups/load-group-facts.js';
import { organisationsIn } from '../tasks/count-overdue.js';
import { deadlineOf, findPassed, type DatedDeadline } from '../tasks/due-days.js';
import { concerns, findTasks } from '../tasks/list-tasks.js';
import { loadFactsOf, type OpenGroup, type OwnFacts } from '../tasks/own-facts.js';
import { warn, type Warning } from './warning.js';

/** What a deadline is for, in its sentence. */
const steps: Readonly<Record<DeadlineKind, string>> = {
  NOMINATION: 'nominations',
  DECISION: 'decisions',
  FORMALITIES: 'formalities',
  HOST_CONFIRMATION: 'confirmations of hosts',
  BRIEFING: 'the briefing',
  REPORT: 'reports',
  DEBRIEFING: 'the debriefing',
};

interface MembersResponse {
  readonly members: readonly ({ readonly id: string } | null)[] | null;
}

/** Asks for the officers of a group at once: one by one, the hub would refuse many groups. */
const askByGroup =
  (ask: Ask): Ask =>
  async <Result>(query: FactQuery) => {
    if (query.root !== 'officer' || query.group === undefined) return ask<Result>(query);
    const selection = 'members { id ... on Officer { outstanding(group: $id) } }';
    const asked = await ask<MembersResponse>({ root: 'group', id: query.group, selection });
    const member = asked.known?.members?.find((one) => one?.id === query.id) ?? null;
    return { ...asked, known: member as Result | null };
  };

/** What each operation asks with, so that many groups, and many aliases of one, share requests. */
const asking = new WeakMap<PartnerContext, Ask>();

function askOnce(context: PartnerContext): Ask {
  const known = asking.get(context);
  if (known) return known;
  const ask = askByGroup(createAsk(context, () => undefined));
  asking.set(context, ask);
  return ask;
}

/** The visits whose plan the caller may read. */
async function loadReadable({ visits }: OpenGroup, context: PartnerContext): Promise<Set<string>> {
  const mayRead = await Promise.all(visits.map(async ({ id }) => decideItinerary(context, id)));
  return new Set(visits.filter((_, index) => mayRead[index]).map(({ id }) => id));
}

interface Late {
  readonly owner: string;
  readonly deadline: DatedDeadline;
  readonly visit: Visit | null;
}

/**
 * What waits for one organisation past one deadline. Nothing while a partner is unavailable on whom
 * it depends, because its number may be wrong.
 */
async function findLateOf(
  facts: OwnFacts,
  kind: DeadlineKind,
  open: OpenGroup,
  ask: Ask,
  note: NoteMissing,
): Promise<Late[]> {
  const { organisation: owner, today } = facts;
  const missing: HubError[] = [];
  const askNoting: Ask = async <Result>(query: FactQuery) => {
    const asked = await ask<Result>(query);
    missing.push(...asked.missing.filter((error) => concerns(owner, error)));
    return asked;
  };
  const tasks = await findTasks(facts, askNoting, [kind]);
  missing.forEach(note);
  if (missing.length > 0) return [];
  return tasks.flatMap((task) => {
    const deadline = deadlineOf(task, open);
    const isLate = deadline?.kind === kind && deadline.on < today && !task.isUncertain;
    return isLate ? [{ owner, deadline, visit: task.visit }] : [];
  });
}

/** Asks nobody before a deadline has passed. */
async function findLate(
  facts: Awaited<ReturnType<typeof loadFactsOf>>,
  open: OpenGroup,
  ask: Ask,
  note: NoteMissing,
): Promise<Late[]> {
  const passed = findPassed(open, facts.today);
  if (passed.length === 0) return [];
  const found = [...organisationsIn(facts)].flatMap((organisation) =>
    passed.map((kind) => findLateOf({ ...facts, organisation }, kind, open, ask, note)),
  );
  return (await Promise.all(found)).flat();
}

/**
 * Warns of each deadline of the programme that has passed, by who has to act, from the tasks that
 * still wait. Only staff who may read the plan of the visit.
 */
export async function loadDeadlineWarnings(
  group: Group,
  context: PartnerContext,
  note: NoteMissing,
): Promise<Warning[]> {
  const { deadlines } = await loadProgramme(group, context);
  if (!deadlines?.length || group.cancelledOn !== null) return [];
  if (!readers.hasRole(context.reader, readers.staff)) return [];
  const facts = await loadFactsOf([group], context);
  const [open] = facts.groups;
  const readable = open && (await loadReadable(open, context));
  if (!open || !readable?.size) return [];
  const late = await findLate(facts, open, askOnce(context), note);
  const next = open.visits.find(({ departedOn }) => departedOn === null) ?? open.visits.at(-1);
  const warnings = new Map<string, Warning>();
  for (const { owner, deadline, visit } of late) {
    if (!readable.has((visit ?? next)?.id ?? '')) continue;
    const { kind, on: dueOn } = deadline;
    const subject = open.returnedOn === null && visit ? visit.id : group.id;
    const key = `${kind} ${owner} ${subject}`;
    const count = (warnings.get(key)?.count ?? 0) + 1;
    const words = { step: steps[kind], police: owner.toUpperCase() };
    const values = { subject, owner, dueOn, count, deadline: kind };
    warnings.set(key, warn('DEADLINE_PASSED', { ...values, ...words }));
  }
  const dayOf = ({ dueOn, owner }: Warning) => `${dueOn} ${owner}`;
  return [...warnings.values()].toSorted((one, other) => (dayOf(one) < dayOf(other) ? -1 : 1));
}
