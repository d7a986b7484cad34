import {
  hostOf,
  isPoliceCode,
  networkCode,
  officesCode,
  ownerOf,
  russia,
} from '../../policy/codes.js';

/** Which way a group of the founding document travels. Its own rules decide for these groups. */
export type Direction = 'NORTH_WEST_RUSSIA_TO_NORDIC' | 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA';

/** One end of the journeys of a programme: a place, and who acts there. */
export interface SideFacts {
  readonly countries: readonly string[];
  /** The codes of the regions to which it is limited: `RU-MUR`. */
  readonly regions: readonly string[];
  /** The ids of the parties that select there; null where no source says. */
  readonly selectors: readonly string[] | null;
  /** The ids of the parties that host there. */
  readonly hosts: readonly string[] | null;
  /** The ids of the offices that co-ordinate it. Without one, the network does. */
  readonly coordinators: readonly string[] | null;
}

/** A group of the founding document, whose direction decides, or one that goes between two sides. */
export type GroupSides =
  | { readonly direction: Direction }
  | { readonly direction: null; readonly from: SideFacts; readonly to: SideFacts };

const isNorthbound = (direction: Direction): boolean => direction === 'NORTH_WEST_RUSSIA_TO_NORDIC';

const isOffice = (party: string): boolean => ownerOf(party) === officesCode;

const officesAmong = (...parties: readonly (readonly string[] | null)[]): string[] => [
  ...new Set(parties.flatMap((some) => some?.filter(isOffice) ?? [])),
];

/** Whether the offices select people for a group: an office selects or co-ordinates where it starts. */
export const sendsDelegates = (group: GroupSides): boolean =>
  group.direction === null
    ? officesAmong(group.from.selectors, group.from.coordinators).length > 0
    : isNorthbound(group.direction);

/** Whether the police force of a country nominates officers for a group. */
export const sendsOfficersOf = (group: GroupSides, country: string): boolean =>
  isPoliceCode(country.toLowerCase()) &&
  (group.direction === null
    ? group.from.countries.includes(country)
    : !isNorthbound(group.direction));

/** Whether police forces nominate officers for a group. */
export const sendsOfficers = (group: GroupSides): boolean =>
  group.direction === null
    ? group.from.countries.some((country) => sendsOfficersOf(group, country))
    : !isNorthbound(group.direction);

/** Where somebody comes from. */
export interface Origin {
  readonly country: string;
  /** The code of the region, where one is known. */
  readonly region?: string | null;
}

/** Whether somebody travels with a group: people of its first side, and of its regions if it names some. */
export function admits(group: GroupSides, { country, region }: Origin): boolean {
  if (group.direction !== null) return isNorthbound(group.direction) === (country === russia);
  const { countries, regions } = group.from;
  const own = regions.filter((code) => code.startsWith(`${country}-`));
  return countries.includes(country) && (own.length === 0 || own.includes(region ?? ''));
}

/** Whether offices brief and debrief a group. Otherwise the network does. */
export const officesMeet = (group: GroupSides): boolean =>
  group.direction === null
    ? officesAmong(group.from.coordinators).length > 0
    : isNorthbound(group.direction);

/**
 * Whether a group needs a briefing before its departure. The founding document asks for none before
 * visits to North-West Russia.
 */
export const isBriefingDue = ({ direction }: GroupSides): boolean =>
  direction === null || isNorthbound(direction);

/** What the sides of a group say of a country: who hosts and co-ordinates there. */
function partiesIn({ from, to }: Extract<GroupSides, { direction: null }>, country: string) {
  const sides = [from, to].filter(({ countries }) => countries.includes(country));
  return {
    hosts: sides.flatMap(({ hosts }) => hosts ?? []),
    coordinators: sides.flatMap(({ coordinators }) => coordinators ?? []),
  };
}

/** The offices that may host a group in a country. The founding document names none: any in Russia may. */
export function officesIn(group: GroupSides, country: string): 'ANY_IN_RUSSIA' | string[] {
  if (group.direction !== null) return 'ANY_IN_RUSSIA';
  const { hosts, coordinators } = partiesIn(group, country);
  return officesAmong(hosts, coordinators);
}

/**
 * The code of the organisation that answers for a group in a country, and confirms there: a police
 * force of the network, unless the side names an office instead of it; else the offices, if the side
 * names one; else the network itself.
 * @param members the countries whose police forces are in the network
 */
export function answererOf(
  group: GroupSides,
  country: string,
  members: ReadonlySet<string>,
): string {
  if (group.direction !== null) return hostOf(country);
  const { hosts, coordinators } = partiesIn(group, country);
  const police = country.toLowerCase();
  const isReplaced = hosts.some(isOffice) && !hosts.some((party) => ownerOf(party) === police);
  if (isPoliceCode(police) && members.has(country) && !isReplaced) return police;
  return officesAmong(hosts, coordinators).length > 0 ? officesCode : networkCode;
}
