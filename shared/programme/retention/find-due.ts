import type { EntityManager } from 'typeorm';
import { HubError } from '../../errors/hub-error.js';
import { addDays } from '../../graphql/scalars/dates.js';
import type { ChoreContext } from '../../policy/context/partner-context.js';
import { createFactReader } from '../../policy/facts.js';
import type { PersonalDataKind } from '../vocabulary/enums.js';
import { isLeft, type Journey, type PersonalData } from './erase-person.js';
import { isHeldOn, RetentionHold } from './hold.entity.js';
import { RetentionNotice } from './retention.entity.js';

/** What the network knows of a group. */
interface GroupFacts {
  /** True while one of its visits is ahead or under way, or none is planned. */
  readonly isAhead: boolean;
  readonly returns: readonly string[];
  readonly declined: ReadonlySet<string>;
}

interface GroupResponse {
  readonly cancelledOn?: string | null;
  readonly visits?:
    | readonly ({
        readonly returnedOn?: string | null;
        readonly cancelledOn?: string | null;
      } | null)[]
    | null;
  readonly declinedNominations?: readonly ({ readonly id: string } | null)[] | null;
}

interface ExpertResponse {
  readonly assignments?:
    | readonly ({
        readonly status?: string | null;
        readonly visit?: {
          readonly returnedOn?: string | null;
          readonly cancelledOn?: string | null;
        } | null;
      } | null)[]
    | null;
}

const noJourney: ReadonlySet<unknown> = new Set(['REFUSED', 'WITHDRAWN']);

/** The assignments of an expert, as if they were the visits of a group. */
const readExpert = createFactReader<GroupFacts>({
  field: 'expert',
  selection: '{ assignments { status visit { returnedOn cancelledOn } } }',
  memoryMs: 0,
  read({ assignments }: ExpertResponse) {
    const standing = assignments?.filter(
      (one) => !noJourney.has(one?.status) && one?.visit?.cancelledOn == null,
    );
    const returns = (standing ?? []).flatMap((one) => one?.visit?.returnedOn ?? []);
    const isAhead = standing?.length !== returns.length;
    return { isAhead, returns, declined: new Set<string>() };
  },
});

interface VisitResponse {
  readonly returnedOn?: string | null;
  readonly cancelledOn?: string | null;
  /** A visit of a cancelled group has no day of its own. */
  readonly group?: { readonly cancelledOn?: string | null } | null;
}

/** A visit, as if it was all that a group does. */
const readVisit = createFactReader<GroupFacts>({
  field: 'visit',
  selection: '{ returnedOn cancelledOn group { cancelledOn } }',
  memoryMs: 0,
  read({ returnedOn, cancelledOn, group }: VisitResponse) {
    const endedOn = returnedOn ?? cancelledOn ?? group?.cancelledOn;
    const returns = endedOn == null ? [] : [endedOn];
    return { isAhead: endedOn == null, returns, declined: new Set<string>() };
  },
});

/** Never cached, because an erasure cannot be undone. */
const readGroup = createFactReader<GroupFacts>({
  field: 'group',
  selection: '{ cancelledOn visits { returnedOn cancelledOn } declinedNominations { id } }',
  memoryMs: 0,
  read({ cancelledOn, visits, declinedNominations }: GroupResponse) {
    const standing = (visits ?? []).filter((visit) => visit?.cancelledOn == null);
    const returns = standing.flatMap((visit) => visit?.returnedOn ?? []);
    const isBack = standing.length > 0 && returns.length === standing.length;
    return {
      isAhead: cancelledOn == null && !isBack,
      returns,
      declined: new Set((declinedNominations ?? []).flatMap((one) => one?.id ?? [])),
    };
  },
});

const readers = { groups: readGroup, experts: readExpert, visits: readVisit };

/** Facts by group. Null for a group that the network does not know; no entry without a response. */
export type KnownGroups = ReadonlyMap<string, GroupFacts | null>;

/** @returns the groups, experts or visits of which the network told something */
export async function readGroups(
  context: ChoreContext,
  { journeysOf = 'groups' }: Pick<PersonalData, 'journeysOf'>,
  ids: ReadonlySet<string>,
): Promise<KnownGroups> {
  const known = new Map<string, GroupFacts | null>();
  const readOne = readers[journeysOf];
  const read = async (id: string) => {
    try {
      known.set(id, await readOne(context, id));
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
    }
  };
  await Promise.all([...ids].map(read));
  return known;
}

/** What is stored of one person and is not erased. */
export interface StoredPerson {
  readonly person: string;
  readonly journeys: readonly Journey[];
  /** By kind, the last day on which some of it was written, if that is known. */
  readonly kinds: ReadonlyMap<PersonalDataKind, string>;
  readonly notices: ReadonlyMap<PersonalDataKind, RetentionNotice>;
  readonly hold: RetentionHold | undefined;
}

function groupByPerson<Row extends { readonly person: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.person, [...(groups.get(row.person) ?? []), row]);
  return groups;
}

/** @param person only this one. @default everybody */
export async function findStored(
  manager: EntityManager,
  { tables, findJourneys }: PersonalData,
  person?: string,
): Promise<StoredPerson[]> {
  const kinds = new Map<string, Map<PersonalDataKind, string>>();
  for (const table of tables) {
    const { entity, kind, since } = table;
    const where = person === undefined ? {} : { [table.person]: person };
    for (const row of await manager.findBy(entity, where)) {
      if (!isLeft(table, row)) continue;
      const own = kinds.get(String(row[table.person])) ?? new Map<PersonalDataKind, string>();
      kinds.set(String(row[table.person]), own);
      const day = since === undefined ? '' : String(row[since]);
      if (day >= (own.get(kind) ?? '')) own.set(kind, day);
    }
  }
  const journeys = groupByPerson((await findJourneys?.(manager, person)) ?? []);
  const where = person === undefined ? {} : { person };
  const notices = groupByPerson(await manager.findBy(RetentionNotice, where));
  const holds = groupByPerson(await manager.findBy(RetentionHold, where));
  return [...kinds].map(([id, own]) => ({
    person: id,
    hold: holds.get(id)?.[0],
    journeys: journeys.get(id) ?? [],
    kinds: own,
    notices: new Map((notices.get(id) ?? []).map((notice) => [notice.kind, notice])),
  }));
}

/** Whether a journey of a person’s is ahead or under way, whatever the network tells of the others. */
export const isAhead = ({ journeys }: StoredPerson, groups: KnownGroups): boolean =>
  journeys.some(({ id, groupId }) => {
    const group = groups.get(groupId);
    return group?.isAhead === true && !group.declined.has(id);
  });

/** The day from which the days of a person’s data count. Undefined while nobody can say. */
function findLastJourney(
  stored: StoredPerson,
  groups: KnownGroups,
): { readonly returnedOn: string; readonly nominatedOn: string } | undefined {
  const { journeys } = stored;
  if (isAhead(stored, groups)) return undefined;
  const returns: string[] = [];
  for (const { id, groupId } of journeys) {
    const group = groups.get(groupId);
    if (group === undefined) return undefined;
    if (group && !group.declined.has(id)) returns.push(...group.returns);
  }
  const nominations = journeys.map(({ nominatedOn }) => nominatedOn);
  return { returnedOn: returns.sort().at(-1) ?? '', nominatedOn: nominations.sort().at(-1) ?? '' };
}

/** The day on which one kind of data is due. */
export interface Due {
  readonly kind: PersonalDataKind;
  readonly dueOn: string;
  /** Whether the days count from the first run that found the data. */
  readonly isByFinding: boolean;
  /** Whether a hold stops it now. */
  readonly isHeld: boolean;
}

/**
 * When each kind of a person’s data is due: so many days after the last return, or after it was
 * written, if that was later. For a person who never travelled the days count from the last
 * proposal, or else from the first run that found the data: so do those for a visit that the network
 * has removed. Nothing is due while a journey is ahead,
 * or the network did not respond about one. What is held is due after the last day of the hold.
 */
export function findDue(
  stored: StoredPerson,
  groups: KnownGroups,
  { retention, clock }: Pick<ChoreContext, 'retention' | 'clock'>,
): readonly Due[] {
  const last = findLastJourney(stored, groups);
  if (!last) return [];
  const { returnedOn, nominatedOn } = last;
  const today = clock().toISOString().slice(0, 10);
  return [...stored.kinds].map(([kind, writtenOn]) => {
    const foundOn = stored.notices.get(kind)?.foundOn ?? today;
    const known = [returnedOn, writtenOn].sort().at(-1) || nominatedOn;
    const byAge = addDays(known || foundOn, retention[kind]);
    const until = stored.hold?.until ?? null;
    const afterHold = until === null ? '' : addDays(until, 1);
    return {
      kind,
      dueOn: afterHold > byAge ? afterHold : byAge,
      isByFinding: known === '',
      isHeld: isHeldOn(stored.hold, today),
    };
  });
}
