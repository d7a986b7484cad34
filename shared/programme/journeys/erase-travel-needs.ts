import type { EntityManager, EntityTarget, FindOptionsWhere } from 'typeorm';
import { HubError } from '../../errors/hub-error.js';
import { addDays } from '../../graphql/scalars/dates.js';
import { performOwnErasure } from '../../partner/mutations/perform.js';
import type { ChoreContext } from '../../policy/context/partner-context.js';
import { createFactReader } from '../../policy/facts.js';
import type { TravelNeedsFields } from '../vocabulary/travel-needs.type.js';

/** The journey that a nomination leads to. */
interface Journey {
  readonly nominationId: string;
  readonly groupId: string;
}

/** Where a partner stores the travel needs of its people. */
export interface TravelNeedsTable<Needs extends TravelNeedsFields> {
  readonly entity: EntityTarget<Needs>;
  /** The row of the same person. */
  rowOf(needs: Needs): FindOptionsWhere<Needs>;
  /** The nominations of the person that this partner has not withdrawn or declined. */
  findJourneys(manager: EntityManager, needs: Needs): Promise<readonly Journey[]>;
}

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

/** Facts by group. Null for a group that the network does not know; no entry without a response. */
type KnownGroups = ReadonlyMap<string, GroupFacts | null>;

async function readGroups(context: ChoreContext, ids: ReadonlySet<string>): Promise<KnownGroups> {
  const known = new Map<string, GroupFacts | null>();
  const read = async (id: string) => {
    try {
      known.set(id, await readGroup(context, id));
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
    }
  };
  await Promise.all([...ids].map(read));
  return known;
}

/**
 * The day on which the last journey ended, or else on which the needs were set. Undefined while a
 * journey is ahead, or the network did not respond about one.
 */
function findEnd(
  { setOn }: TravelNeedsFields,
  journeys: readonly Journey[],
  groups: KnownGroups,
): string | undefined {
  const returns: string[] = [];
  for (const { nominationId, groupId } of journeys) {
    const group = groups.get(groupId);
    if (group === undefined) return undefined;
    if (!group || group.declined.has(nominationId)) continue;
    if (group.isAhead) return undefined;
    returns.push(...group.returns);
  }
  return returns.sort().at(-1) ?? setOn;
}

/**
 * Makes the chore that erases travel needs `travelNeedsDays` after a person’s last return, if no journey is ahead. For
 * people who never travelled, the days count from when the needs were set. Everything is computed
 * from the stored rows and the network’s dates, so a restart forgets nothing.
 * @returns the chore. It returns false if the network did not respond about each group: try again soon.
 */
export const eraseTravelNeeds =
  <Needs extends TravelNeedsFields>(table: TravelNeedsTable<Needs>) =>
  (context: ChoreContext): Promise<boolean> =>
    eraseNow(context, table);

async function eraseNow<Needs extends TravelNeedsFields>(
  context: ChoreContext,
  { entity, rowOf, findJourneys }: TravelNeedsTable<Needs>,
): Promise<boolean> {
  const { source, clock, travelNeedsDays } = context;
  const stored = await source.manager.find(entity);
  const ids = new Set<string>();
  for (const needs of stored) {
    for (const { groupId } of await findJourneys(source.manager, needs)) ids.add(groupId);
  }
  const groups = await readGroups(context, ids);
  const today = clock().toISOString().slice(0, 10);
  const isDue = async (manager: EntityManager, needs: Needs) => {
    const end = findEnd(needs, await findJourneys(manager, needs), groups);
    return end !== undefined && addDays(end, travelNeedsDays) <= today;
  };
  const due: Needs[] = [];
  for (const needs of stored) if (await isDue(source.manager, needs)) due.push(needs);
  if (due.length > 0) {
    await performOwnErasure(context, { name: 'eraseTravelNeeds' }, async (manager) => {
      for (const row of due.map(rowOf)) {
        // They may have been set for another journey in the meantime.
        const needs = await manager.findOneBy(entity, row);
        if (needs && (await isDue(manager, needs))) await manager.delete(entity, row);
      }
    });
  }
  return groups.size === ids.size;
}
