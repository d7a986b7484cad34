import type { sides, vocabulary } from '@hub/shared/programme';
import { In, type EntityManager } from 'typeorm';
import type { WithLoaders } from '../access/load-related.js';
import { Group } from '../entities/group.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Side, SideParty, type SidePart } from '../entities/side.entity.js';
import { deriveEnd, deriveSides, loadSelectors } from './documented-sides.js';
import type { SideInput } from './side.input.js';

/** What goes between two sides, a group or a journey: by a documented direction, or by their ids. */
export type Travelling = Pick<Group, 'programmeId' | 'direction' | 'fromSideId' | 'toSideId'>;

const byPosition = { orderBy: [{ property: 'position' }] };

/** The parties that act on a side in one way; null where no source says. */
export async function loadPartiesOf(
  { id, programmeId, stated }: Side,
  part: SidePart,
  context: WithLoaders,
): Promise<readonly string[] | null> {
  if (stated)
    return part === 'SELECTOR' && stated.isOfOffices ? loadSelectors(programmeId, context) : null;
  return partiesIn(await context.loaders.many(SideParty, 'sideId', byPosition).load(id), part);
}

const partiesIn = (parties: readonly SideParty[], part: SidePart): string[] =>
  parties.filter((one) => one.part === part).map(({ partyId }) => partyId);

const toFacts = (side: Side, parties: readonly SideParty[]): sides.SideFacts => ({
  countries: side.countries,
  regions: side.regionCodes,
  selectors: partiesIn(parties, 'SELECTOR'),
  hosts: partiesIn(parties, 'HOST'),
  coordinators: partiesIn(parties, 'COORDINATOR'),
});

/** What the rules of the programme need of a planned side. */
export const loadSideFacts = async (
  side: Side,
  { loaders }: WithLoaders,
): Promise<sides.SideFacts> =>
  toFacts(side, await loaders.many(SideParty, 'sideId', byPosition).load(side.id));

/** The side at one end of a group or journey. */
export async function loadEnd(
  travelling: Travelling,
  end: 'from' | 'to',
  context: WithLoaders,
): Promise<Side> {
  const { programmeId, direction } = travelling;
  if (direction !== null) return deriveEnd(programmeId, direction, end, context);
  const id = idOf(travelling, end);
  const side = await context.loaders.one(Side).load(id);
  if (!side) throw new Error(`There is no side ${id}.`);
  return side;
}

/** Without a direction, both ends are sides of the programme. */
function idOf({ fromSideId, toSideId }: Travelling, end: 'from' | 'to'): string {
  const id = end === 'from' ? fromSideId : toSideId;
  if (id === null) throw new Error('Whoever travels without a direction goes between two sides.');
  return id;
}

/** The sectors that groups which visit a side should see: its own, or else those of the programme. */
export async function loadSectorsOf(
  { ownSectors, programmeId }: Side,
  { loaders }: WithLoaders,
): Promise<readonly vocabulary.Sector[]> {
  return ownSectors ?? (await loaders.one(Programme).load(programmeId))?.sectorsToShow ?? [];
}

/** What decides who sends, meets and hosts a group. */
export async function loadGroupSides(
  group: Travelling,
  context: WithLoaders,
): Promise<sides.GroupSides> {
  const { direction } = group;
  if (direction !== null) return { direction };
  const [from, to] = await Promise.all(
    (['from', 'to'] as const).map(async (end) =>
      loadSideFacts(await loadEnd(group, end, context), context),
    ),
  );
  if (!from || !to) throw new Error('A group goes between two sides.');
  return { direction, from, to };
}

/** As {@link loadGroupSides}, in the transaction of a manager. */
export async function findGroupSides(
  manager: EntityManager,
  group: Travelling,
): Promise<sides.GroupSides> {
  const { direction } = group;
  if (direction !== null) return { direction };
  const find = async (end: 'from' | 'to') => {
    const side = await manager.findOneByOrFail(Side, { id: idOf(group, end) });
    const parties = await manager.find(SideParty, {
      where: { sideId: side.id },
      order: { position: 'ASC' },
    });
    return toFacts(side, parties);
  };
  return { direction, from: await find('from'), to: await find('to') };
}

/** The sides that the network planned for a programme, as an input gives them. */
export async function findPlannedSides(
  manager: EntityManager,
  programmeId: string,
): Promise<Required<SideInput>[]> {
  const inOrder = { where: { programmeId }, order: { position: 'ASC' } } as const;
  const parties = await manager.find(SideParty, inOrder);
  return (await manager.find(Side, inOrder)).map((side) => {
    const own = parties.filter(({ sideId }) => sideId === side.id);
    return {
      name: side.name,
      countries: side.countries,
      regions: side.regionCodes,
      selectors: partiesIn(own, 'SELECTOR'),
      hosts: partiesIn(own, 'HOST'),
      coordinators: partiesIn(own, 'COORDINATOR'),
      sectorsToShow: side.ownSectors,
    };
  });
}

/** The sides of a programme: those that the network planned, then the documented ones. */
export async function loadSides(programmeId: string, context: WithLoaders): Promise<Side[]> {
  const { loaders } = context;
  const [planned, journeys, groups] = await Promise.all([
    loaders.many(Side, 'programmeId', byPosition).load(programmeId),
    loaders
      .many(PlannedJourney, 'programmeId', {
        orderBy: [{ property: 'position' }, { property: 'id' }],
      })
      .load(programmeId),
    loaders.many(Group, 'programmeId').load(programmeId),
  ]);
  const directions = [...journeys, ...groups].flatMap(({ direction }) => direction ?? []);
  return [...planned, ...(await deriveSides(programmeId, directions, context))];
}

/** The office that stands for a group: the first that co-ordinates its first side, else the other. */
export async function findFirstOffice(
  manager: EntityManager,
  ...sideIds: readonly string[]
): Promise<string | null> {
  const parties = await manager.find(SideParty, {
    where: { sideId: In([...sideIds]), part: 'COORDINATOR' },
    order: { position: 'ASC' },
  });
  const offices = sideIds.flatMap((id) => parties.find(({ sideId }) => sideId === id) ?? []);
  return offices[0]?.partyId ?? null;
}
