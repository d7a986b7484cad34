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

const sideSelection =
  'countries regions { code } selectors { id } hosts { id } coordinators { id }';

/** What a partner asks of a group to {@link read} its sides: the network alone has all of it. */
export const selection = `direction from { ${sideSelection} } to { ${sideSelection} }`;

type PartiesResponse = readonly ({ readonly id: string } | null)[] | null;

interface SideResponse {
  readonly countries: readonly string[];
  readonly regions: readonly { readonly code: string }[];
  readonly selectors: PartiesResponse;
  readonly hosts: PartiesResponse;
  readonly coordinators: PartiesResponse;
}

/** What the network says of a group that is asked for {@link selection}. */
export interface SidesResponse {
  readonly direction: Direction | null;
  readonly from: SideResponse;
  readonly to: SideResponse;
}

const idsOf = (parties: PartiesResponse): string[] | null =>
  parties?.flatMap((party) => party?.id ?? []) ?? null;

const readSide = ({ countries, regions, ...parties }: SideResponse): SideFacts => ({
  countries,
  regions: regions.map(({ code }) => code),
  selectors: idsOf(parties.selectors),
  hosts: idsOf(parties.hosts),
  coordinators: idsOf(parties.coordinators),
});

/** The sides of a group, from the network’s response. */
export const read = ({ direction, from, to }: SidesResponse): GroupSides =>
  direction === null ? { direction, from: readSide(from), to: readSide(to) } : { direction };

const isNorthbound = (direction: Direction): boolean => direction === 'NORTH_WEST_RUSSIA_TO_NORDIC';

const isOffice = (party: string): boolean => ownerOf(party) === officesCode;

const officesAmong = (...parties: readonly (readonly string[] | null)[]): string[] => [
  ...new Set(parties.flatMap((some) => some?.filter(isOffice) ?? [])),
];

/** The offices that send people with a group: those that select or co-ordinate where it starts. */
export const sendingOffices = ({
  from,
}: Extract<GroupSides, { readonly direction: null }>): readonly string[] =>
  officesAmong(from.selectors, from.coordinators);

/** Whether the offices select people for a group. */
export const sendsDelegates = (group: GroupSides): boolean =>
  group.direction === null ? sendingOffices(group).length > 0 : isNorthbound(group.direction);

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
 * Why countries cannot host a visit of a group. A documented group from North-West Russia visits at
 * least one member country, the others visit Russia; any other goes to its side. Further hosts on
 * the way are member countries, Russia for the documented groups, or countries of the sides.
 * @param members the countries whose police forces are in the network
 * @returns the situation of the rule HOST_COUNTRY
 */
export function findHostFault(
  group: GroupSides,
  hosts: readonly string[],
  members: ReadonlySet<string>,
): 'NOT_IN_NETWORK' | 'NO_MEMBER_COUNTRY' | 'NOT_RUSSIA' | 'OTHER_SIDE' | undefined {
  const isMember = (country: string) => members.has(country);
  if (group.direction === null) {
    const { from, to } = group;
    const isOfSide = (country: string) => [from, to].some((one) => one.countries.includes(country));
    if (!hosts.every((host) => isMember(host) || isOfSide(host))) return 'NOT_IN_NETWORK';
    return hosts.some((host) => to.countries.includes(host)) ? undefined : 'OTHER_SIDE';
  }
  if (!hosts.every((host) => isMember(host) || host === russia)) return 'NOT_IN_NETWORK';
  if (isNorthbound(group.direction)) return hosts.some(isMember) ? undefined : 'NO_MEMBER_COUNTRY';
  return hosts.includes(russia) ? undefined : 'NOT_RUSSIA';
}

/** Whether nobody but the network answers in a country of a side. */
export const isUnanswered = (
  side: SideFacts,
  country: string,
  members: ReadonlySet<string>,
): boolean =>
  answererOf({ direction: null, from: side, to: side }, country, members) === networkCode;

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
