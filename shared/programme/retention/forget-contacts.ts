import { IsNull, Not } from 'typeorm';
import { HubError } from '../../errors/hub-error.js';
import { addDays } from '../../graphql/scalars/dates.js';
import { performOwnErasure } from '../../partner/mutations/perform.js';
import type { ChoreContext } from '../../policy/context/partner-context.js';
import { createFactReader } from '../../policy/facts.js';
import { erasedListOf, type ErasedEntry } from '../../storage/erased-list.js';
import { eraseTables, findLeft, type ErasingContext } from './erase-person.js';

/** Rows of a visit that name whom to call there: their properties become null. */
export interface VisitContacts {
  readonly entity: new () => { readonly visitId: string };
  readonly contacts: readonly ('contactOnTheSpot' | 'emergencyContact')[];
}

const of = 'Visit';
const kind = 'CONTACTS';

const toTable = ({ entity, contacts }: VisitContacts) =>
  ({
    entity,
    person: 'visitId',
    kind,
    erased: Object.fromEntries(contacts.map((name) => [name, null])),
  }) as const;

interface VisitResponse {
  readonly returnedOn?: string | null;
  readonly cancelledOn?: string | null;
  /** A visit of a cancelled group has no day of its own. */
  readonly group?: { readonly cancelledOn?: string | null } | null;
}

/** The day on which a visit ended. Never cached, because an erasure cannot be undone. */
const readEnd = createFactReader<string | null>({
  field: 'visit',
  selection: '{ returnedOn cancelledOn group { cancelledOn } }',
  memoryMs: 0,
  read: ({ returnedOn, cancelledOn, group }: VisitResponse) =>
    returnedOn ?? cancelledOn ?? group?.cancelledOn ?? null,
});

/** The visits of which contacts are left and are due within some days, and whether the network told of each. */
export async function findDueContacts(
  context: ChoreContext,
  all: readonly VisitContacts[],
  inDays = 0,
): Promise<{
  readonly due: readonly (readonly [visit: string, dueOn: string])[];
  readonly isWhole: boolean;
}> {
  const { source, clock, retention } = context;
  const visits = new Set<string>();
  for (const { entity, contacts } of all) {
    const where = contacts.map((name) => ({ [name]: Not(IsNull()) }));
    for (const { visitId } of await source.manager.findBy(entity, where)) visits.add(visitId);
  }
  const last = addDays(clock().toISOString().slice(0, 10), inDays);
  let isWhole = true;
  const find = async (visit: string) => {
    try {
      const endedOn = await readEnd(context, visit);
      const dueOn = endedOn === null ? undefined : addDays(endedOn, retention[kind]);
      return dueOn !== undefined && dueOn <= last ? [[visit, dueOn] as const] : [];
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      isWhole = false;
      return [];
    }
  };
  const due = (await Promise.all([...visits].map(find))).flat();
  return { due, isWhole };
}

async function eraseContacts(
  context: ErasingContext,
  name: string,
  all: readonly VisitContacts[],
  visit: string,
  note: () => void = () => undefined,
): Promise<void> {
  await performOwnErasure(context, { name }, async (manager) => {
    const erased = await eraseTables(manager, all.map(toTable), visit);
    note();
    return erased;
  });
}

/**
 * Erases whom to call during a visit, so many days after its return or its cancellation. A hub that
 * takes another day for today refuses the request for that day, and nothing is erased.
 * @returns false if the network did not tell of each visit: try again soon
 */
export async function forgetContacts(
  context: ChoreContext,
  all: readonly VisitContacts[],
): Promise<boolean> {
  const { due, isWhole } = await findDueContacts(context, all);
  const at = context.clock().toISOString();
  for (const [visit] of due) {
    const note = () => erasedListOf(context.source)?.append([{ person: visit, of, kind, at }]);
    await eraseContacts(context, 'runRetention', all, visit, note);
  }
  return isWhole;
}

/**
 * Erases them again in an older copy of the database.
 * @returns of how many visits
 */
export async function forgetContactsAgain(
  context: ErasingContext,
  all: readonly VisitContacts[],
  entries: readonly ErasedEntry[],
): Promise<number> {
  const erased = new Set(entries.filter((one) => one.of === of).map(({ person }) => person));
  let count = 0;
  for (const visit of erased) {
    const left = await Promise.all(
      all.map((table) => findLeft(context.source.manager, toTable(table), [visit])),
    );
    if (left.flat().length === 0) continue;
    await eraseContacts(context, 'eraseAgain', all, visit);
    count += 1;
  }
  return count;
}
