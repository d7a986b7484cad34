import { IsNull, Not } from 'typeorm';
import { inTransaction } from '../../database/transaction.js';
import { addDays } from '../../graphql/scalars/dates.js';
import { performOwnErasure } from '../../partner/mutations/perform.js';
import type { ChoreContext } from '../../policy/context/partner-context.js';
import { findDueReaders } from '../../records/changes/forget-readers.js';
import { erasedListOf } from '../../storage/erased-list.js';
import type { PersonalDataKind } from '../vocabulary/enums.js';
import { noteErased } from './erase-again.js';
import { eraseAll, eraseTables, isOfOwnPeople, type PersonalData } from './erase-person.js';
import {
  findDue,
  findStored,
  isAhead,
  readGroups,
  type Due,
  type KnownGroups,
  type StoredPerson,
} from './find-due.js';
import { isHeldOn, RetentionHold } from './hold.entity.js';
import { RetentionNotice, RetentionRun } from './retention.entity.js';

/** For how long co-ordinators can read what will go, before it goes. */
export const noticeDays = 30;

/** After a longer pause the clock may be wrong, so the first run only notes. */
const mostDaysBetween = 2;

/** The name of a run in the record of changes. */
const runName = 'runRetention';

const dayOf = ({ clock }: Pick<ChoreContext, 'clock'>): string =>
  clock().toISOString().slice(0, 10);

/** What a run finds of one kind of people. */
interface Finding {
  readonly data: PersonalData;
  readonly stored: readonly StoredPerson[];
  readonly groups: KnownGroups;
  /** Whether the network told of each group. */
  readonly isWhole: boolean;
}

async function findAll(context: ChoreContext, data: PersonalData): Promise<Finding> {
  const stored = data.findJourneys ? await findStored(context.source.manager, data) : [];
  const ids = new Set(stored.flatMap(({ journeys }) => journeys.map(({ groupId }) => groupId)));
  const groups = await readGroups(context, data, ids);
  return { data, stored, groups, isWhole: groups.size === ids.size };
}

/** The notice of one kind as it has to be today. A day that has moved is noted anew. */
function toNotice({ person, notices }: StoredPerson, due: Due, today: string): RetentionNotice {
  const { kind, dueOn, isHeld } = due;
  const known = notices.get(kind);
  const isSoon = isHeld || addDays(dueOn, -noticeDays) <= today;
  const isKnown = known?.dueOn === dueOn && known.noticedOn !== null && known.noticedOn <= today;
  return {
    person,
    kind,
    foundOn: known?.foundOn ?? today,
    dueOn: isSoon ? dueOn : null,
    noticedOn: isSoon ? ((isKnown ? known.noticedOn : undefined) ?? today) : null,
    erasedAt: known?.erasedAt ?? null,
  };
}

const isSame = (one: RetentionNotice | undefined, other: RetentionNotice): boolean =>
  one !== undefined &&
  one.foundOn === other.foundOn &&
  one.dueOn === other.dueOn &&
  one.noticedOn === other.noticedOn;

/** The notices of a person who travels again, as they have to be. */
const withoutDay = ({ notices }: StoredPerson): RetentionNotice[] =>
  [...notices.values()].flatMap(({ person, kind, foundOn, noticedOn, erasedAt }) =>
    noticedOn === null ? [] : [{ person, kind, foundOn, dueOn: null, noticedOn: null, erasedAt }],
  );

/** Notes what is due soon, and forgets what is not any more. */
async function noteDue(context: ChoreContext, { stored, groups }: Finding): Promise<void> {
  const today = dayOf(context);
  const changed = stored.flatMap((person) => {
    if (isAhead(person, groups)) return withoutDay(person);
    return findDue(person, groups, context).flatMap((due) => {
      const notice = toNotice(person, due, today);
      const known = person.notices.get(due.kind);
      const isNeeded = known !== undefined || notice.noticedOn !== null || due.isByFinding;
      return isNeeded && !isSame(known, notice) ? [notice] : [];
    });
  });
  if (changed.length === 0) return;
  await performOwnErasure(context, { name: runName }, async (manager) => {
    await manager.upsert(RetentionNotice, changed, ['person', 'kind']);
  });
}

/** Forgets the notices of what somebody has removed since, and the holds that have ended of what is gone. */
async function forgetStale(context: ChoreContext, findings: readonly Finding[]): Promise<void> {
  const { manager } = context.source;
  const keyOf = (person: string, kind: string) => `${kind} ${person}`;
  const stored = findings.flatMap((found) => found.stored);
  const kinds = new Set(
    stored.flatMap(({ person, kinds: own }) => [...own.keys()].map((kind) => keyOf(person, kind))),
  );
  const noted = await manager.findBy(RetentionNotice, { foundOn: Not(IsNull()) });
  const stale = noted.filter(({ person, kind }) => !kinds.has(keyOf(person, kind)));
  const people = new Set(stored.map(({ person }) => person));
  const gone: RetentionHold[] = [];
  for (const hold of await manager.find(RetentionHold)) {
    const { person } = hold;
    if (people.has(person) || isHeldOn(hold, dayOf(context))) continue;
    const rows = findings.flatMap(({ data }) =>
      data.people && isOfOwnPeople(data) ? [data.people] : [],
    );
    const found = await Promise.all(rows.map((of) => manager.existsBy(of, { id: person })));
    if (!found.includes(true)) gone.push(hold);
  }
  if (stale.length + gone.length === 0) return;
  await performOwnErasure(context, { name: runName }, async (transaction) => {
    for (const { person, kind, erasedAt } of stale) {
      // A restored copy needs to know of an erasure.
      if (erasedAt === null) await transaction.delete(RetentionNotice, { person, kind });
      else await noteErased(transaction, { person, kinds: [kind], at: erasedAt });
    }
    for (const { person } of gone) await transaction.delete(RetentionHold, { person });
  });
}

/** The kinds of a person’s data that are due, and were noted long enough ago. */
function findRipe(
  stored: StoredPerson,
  groups: KnownGroups,
  context: ChoreContext,
): PersonalDataKind[] {
  const today = dayOf(context);
  return findDue(stored, groups, context)
    .filter(({ kind, dueOn }) => {
      const notice = stored.notices.get(kind);
      const isNoted = notice?.dueOn === dueOn && notice.noticedOn !== null;
      return isNoted && dueOn <= today && addDays(notice.noticedOn ?? today, noticeDays) <= today;
    })
    .map(({ kind }) => kind);
}

/** Erases what is due of one person, as the transaction finds it. */
async function erasePersonsDue(
  context: ChoreContext,
  { data, groups }: Finding,
  person: string,
): Promise<void> {
  const at = context.clock().toISOString();
  await performOwnErasure(context, { name: runName }, async (manager) => {
    const [stored] = await findStored(manager, data, person);
    const kinds = stored ? findRipe(stored, groups, context) : [];
    if (kinds.length === 0) return;
    // The name goes with everything else.
    const isWhole = kinds.includes('DECISIONS');
    if (isWhole) await eraseAll(manager, context, data, person);
    else {
      const own = data.tables.filter(({ kind }) => kinds.includes(kind));
      await eraseTables(manager, own, person);
      await noteErased(manager, { person, kinds, at });
    }
    const entries = (isWhole ? [null] : kinds).map((kind) => ({ person, of: data.of, kind, at }));
    erasedListOf(context.source)?.append(entries);
  });
}

/** Whether the clock can be believed: the last run was today, yesterday or the day before. */
async function isClockUsual(context: ChoreContext): Promise<boolean> {
  const last = await context.source.manager.findOneBy(RetentionRun, { id: 1 });
  const today = dayOf(context);
  return last !== null && last.ranOn <= today && addDays(last.ranOn, mostDaysBetween) >= today;
}

/** What is due within 30 days or is held, by its day, in lines. */
export async function describeDue(
  context: ChoreContext,
  all: readonly PersonalData[],
): Promise<string> {
  const soon = addDays(dayOf(context), noticeDays);
  const lines: string[] = [];
  for (const data of all) {
    const { stored, groups, isWhole } = await findAll(context, data);
    for (const person of stored)
      for (const { kind, dueOn, isHeld } of findDue(person, groups, context)) {
        const noticedOn = person.notices.get(kind)?.noticedOn ?? 'not yet';
        const held = isHeld ? `, held until ${person.hold?.until}` : '';
        if (dueOn <= soon || isHeld)
          lines.push(`${dueOn} ${kind} of ${person.person}, noticed: ${noticedOn}${held}`);
      }
    if (!isWhole) lines.push('~ The network did not tell of each group. There may be more.');
  }
  for (const { month, dueOn } of await findDueReaders(context, noticeDays))
    lines.push(`${dueOn} READERS of ${month}`);
  if (lines.length === 0) return 'Nothing is due within 30 days.\n';
  return `${lines.toSorted().join('\n')}\n`;
}

/**
 * Erases the personal data that is due by age, once a day: what a run noted at least 30 days before,
 * on the same day as it is due now, and of which the network told that no journey is ahead.
 * @returns false if the network did not tell of each group: try again soon
 */
export async function runRetention(
  context: ChoreContext,
  all: readonly PersonalData[],
): Promise<boolean> {
  const { source } = context;
  const today = dayOf(context);
  if (await source.manager.existsBy(RetentionRun, { id: 1, ranOn: today })) return true;
  const mayErase = await isClockUsual(context);
  let isWhole = true;
  const findings: Finding[] = [];
  for (const data of all) {
    const found = await findAll(context, data);
    findings.push(found);
    if (!found.isWhole) isWhole = false;
    await noteDue(context, found);
    const ripe = found.stored.filter((one) => findRipe(one, found.groups, context).length > 0);
    if (mayErase) for (const { person } of ripe) await erasePersonsDue(context, found, person);
  }
  await forgetStale(context, findings);
  if (isWhole) {
    await inTransaction(source, (manager) =>
      manager.upsert(RetentionRun, { id: 1, ranOn: today }, ['id']),
    );
  }
  return isWhole;
}
