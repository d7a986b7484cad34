import { refuseInput, violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { notFound } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';
import { In, IsNull, Not, type EntityManager } from 'typeorm';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Side, SideParty, type SidePart } from '../entities/side.entity.js';
import { Visit } from '../entities/visit.entity.js';
import type { KnownParties } from '../network/ask-parties.js';
import type { IsKept, NamedParties } from '../network/check-parties.js';
import type { SideInput } from './side.input.js';

/** The lists of an input that name parties. */
const lists = {
  selectors: 'SELECTOR',
  hosts: 'HOST',
  coordinators: 'COORDINATOR',
} as const satisfies Partial<Record<keyof SideInput, SidePart>>;

type List = keyof typeof lists;

interface NamedParty {
  readonly side: SideInput;
  readonly list: List;
  readonly part: SidePart;
  readonly partyId: string;
  /** The place in the input: `input.sides.0.hosts.1`. */
  readonly argument: string;
}

/** The parties that these sides name, with their places. */
export const namedIn = (inputs: readonly SideInput[]): NamedParty[] =>
  inputs.flatMap((side, index) =>
    (Object.keys(lists) as List[]).flatMap((list) =>
      (side[list] ?? []).map((partyId, place) => {
        const argument = `input.sides.${index}.${list}.${place}`;
        return { side, list, part: lists[list], partyId, argument };
      }),
    ),
  );

/** The parties that these sides name, by argument. */
export const partiesOfSides = (inputs: readonly SideInput[]): NamedParties =>
  Object.fromEntries(namedIn(inputs).map(({ argument, partyId }) => [argument, [partyId]]));

/** The countries of a side: those that it names, and those of its regions. */
export const countriesOf = ({ countries, regions }: SideInput): string[] => [
  ...new Set([...(countries ?? []), ...(regions ?? []).map((code) => code.slice(0, 2))]),
];

/** Where a group or a journey leads from and to, in an input. */
interface EndsInput {
  readonly direction?: string | null;
  readonly from?: string | null;
  readonly to?: string | null;
}

/**
 * Refuses whatever does not lead either in a direction, or from one side to another.
 * @param place the input: `input.plannedJourneys.0`
 * @throws HubError `BAD_USER_INPUT`
 */
export function checkEnds({ direction, from, to }: EndsInput, place: string): void {
  const given = [from, to].filter((end) => end != null).length;
  if (given !== (direction == null ? 2 : 0))
    refuseInput(`${place}.from`, 'Give the sides `from` and `to`, or a direction without sides.');
  if (given > 0 && from === to)
    refuseInput(`${place}.to`, '`from` and `to` must be different sides.');
}

/**
 * Refuses a side without a place, and two of one name.
 * @throws HubError `BAD_USER_INPUT`
 */
export function checkSides(inputs: readonly SideInput[]): void {
  for (const [index, side] of inputs.entries()) {
    if (countriesOf(side).length === 0)
      refuseInput(
        `input.sides.${index}.countries`,
        'A side must have at least one country or region.',
      );
    if (inputs.findIndex(({ name }) => name === side.name) < index)
      refuseInput(`input.sides.${index}.name`, 'Each side of a programme must have its own name.');
  }
}

/**
 * Refuses a police force outside its country, whoever co-ordinates without being an office, and an
 * office that is closed during the whole programme, unless the side has it already. Unknown dates
 * exclude nothing.
 * @throws HubError `NOT_FOUND`; `RULE_VIOLATED` SIDE, CLOSED
 */
export function checkPartiesOfSides(
  inputs: readonly SideInput[],
  known: KnownParties,
  programme: dates.Span,
  isKept: IsKept = () => false,
): void {
  for (const { side, part, partyId, argument } of namedIn(inputs)) {
    const owner = codes.ownerOf(partyId);
    if (codes.isPoliceCode(owner) && !countriesOf(side).includes(codes.countryOf(owner)))
      violateRule('SIDE', argument, 'PARTY_ELSEWHERE');
    if (part !== 'COORDINATOR' || isKept(argument, partyId)) continue;
    if (owner !== codes.officesCode) notFound(argument);
    const { openedOn = null, closedOn = null } = known.get(partyId) ?? {};
    if (!dates.doOverlap({ startsOn: openedOn, endsOn: closedOn }, programme))
      violateRule('CLOSED', argument);
  }
}

/** What a change does to a side that groups use. */
interface SideChange {
  /** The groups that go from or to it. */
  readonly groupIds: readonly string[];
  /** It has other countries, regions or selectors. */
  readonly isOfMembers: boolean;
  /** It has other hosts or co-ordinators. */
  readonly isOfHosts: boolean;
}

/** What stands for a party: the one that it was merged into, or itself. */
type StandsFor = (partyId: string) => string;

const itself: StandsFor = (partyId) => partyId;

const isSame = (
  some: readonly string[],
  others: readonly string[],
  standsFor: StandsFor = itself,
): boolean => {
  const [one, other] = [some, others].map((ids) =>
    [...new Set(ids.map(standsFor))].toSorted().join(),
  );
  return one === other;
};

function compare(
  side: Side,
  parties: readonly SideParty[],
  input: SideInput,
  standsFor: StandsFor,
): Omit<SideChange, 'groupIds'> {
  const keeps = (list: List) =>
    isSame(
      parties.filter(({ part }) => part === lists[list]).map(({ partyId }) => partyId),
      input[list] ?? [],
      standsFor,
    );
  const isSamePlace =
    isSame(side.countries, countriesOf(input)) && isSame(side.regionCodes, input.regions ?? []);
  return {
    isOfMembers: !isSamePlace || !keeps('selectors'),
    isOfHosts: !keeps('hosts') || !keeps('coordinators'),
  };
}

/** The parties of the sides of a programme, each of which its side keeps if an input names it again. */
export async function findKept(
  manager: EntityManager,
  programmeId: string,
  inputs: readonly SideInput[],
): Promise<{ readonly partyIds: readonly string[]; readonly isKept: IsKept }> {
  const parties = await manager.findBy(SideParty, { programmeId });
  const sides = await manager.findBy(Side, { programmeId });
  const keyOf = (name: string | undefined, part: SidePart, id: string) =>
    JSON.stringify([name, part, id]);
  const before = new Set(
    parties.map(({ sideId, part, partyId }) =>
      keyOf(sides.find(({ id }) => id === sideId)?.name, part, partyId),
    ),
  );
  const kept = new Set(
    namedIn(inputs)
      .filter(({ side, part, partyId }) => before.has(keyOf(side.name, part, partyId)))
      .map(({ argument }) => argument),
  );
  return {
    partyIds: parties.map(({ partyId }) => partyId),
    isKept: (argument) => kept.has(argument),
  };
}

/** The next sides of a programme. */
interface NextSides {
  readonly programmeId: string;
  readonly inputs: readonly SideInput[];
  /** Whether its planned journeys stay as they are. */
  readonly keepsJourneys: boolean;
  /** What the owners say of the parties before and after. */
  readonly known: KnownParties;
}

/**
 * The changes of the sides of a programme that groups use.
 * @throws HubError `RULE_VIOLATED` REFERRED_TO for a side that is used and would go
 */
async function findSideChanges(
  manager: EntityManager,
  { programmeId, inputs, keepsJourneys, known }: NextSides,
): Promise<SideChange[]> {
  const groups = await manager.findBy(Group, { programmeId });
  const journeys = keepsJourneys ? await manager.findBy(PlannedJourney, { programmeId }) : [];
  const parties = await manager.findBy(SideParty, { programmeId });
  const standsFor: StandsFor = (id) => known.get(id)?.mergedInto?.id ?? id;
  const changes: SideChange[] = [];
  for (const side of await manager.findBy(Side, { programmeId })) {
    const uses = ({ fromSideId, toSideId }: Group | PlannedJourney) =>
      fromSideId === side.id || toSideId === side.id;
    const input = inputs.find(({ name }) => name === side.name);
    const using = groups.filter(uses);
    if (!input && (using.length > 0 || journeys.some(uses)))
      violateRule('REFERRED_TO', 'input.sides');
    if (!input || using.length === 0) continue;
    const own = parties.filter(({ sideId }) => sideId === side.id);
    changes.push({ ...compare(side, own, input, standsFor), groupIds: using.map(({ id }) => id) });
  }
  return changes;
}

/**
 * Checks the changed sides of a programme by the network’s own records: whom a side admits is fixed
 * by the first nomination, and who hosts and co-ordinates by the first departure. A party and
 * the one that it was merged into are the same.
 * @returns whether it changes whom a group admits, so that others have to be asked for nominations
 * @throws HubError `RULE_VIOLATED` REFERRED_TO, NOMINATED, DEPARTED
 */
export async function checkSideChanges(manager: EntityManager, next: NextSides): Promise<boolean> {
  const changes = await findSideChanges(manager, next);
  const groupsOf = (isOne: (change: SideChange) => boolean) =>
    In(changes.filter(isOne).flatMap(({ groupIds }) => groupIds));
  const admitted = { groupId: groupsOf(({ isOfMembers }) => isOfMembers) };
  if (await manager.existsBy(OfficerNomination, admitted)) violateRule('NOMINATED', 'input.sides');
  const hosted = { groupId: groupsOf(({ isOfHosts }) => isOfHosts), departedOn: Not(IsNull()) };
  if (await manager.existsBy(Visit, hosted)) violateRule('DEPARTED', 'input.sides');
  return changes.some(({ isOfMembers }) => isOfMembers);
}
