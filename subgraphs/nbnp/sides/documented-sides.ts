import { codes } from '@hub/shared/policy';
import type { vocabulary } from '@hub/shared/programme';
import type { WithLoaders } from '../access/load-related.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Side } from '../entities/side.entity.js';
import type { Direction } from '../entities/vocabulary.js';

/** The places that the founding document names, by the local part of their ids. */
const places = {
  'north-west-russia': {
    name: 'North-West Russia',
    countries: ['RU'],
    // The regions of the offices, which select the people.
    regionCodes: 'SPE LEN KR MUR ARK PSK NGR KGD'.split(' ').map((code) => `RU-${code}`),
  },
  'nordic-countries': {
    name: 'Nordic countries',
    countries: ['DK', 'FI', 'IS', 'NO', 'SE'],
    regionCodes: [],
  },
  'nordic-baltic-countries': {
    name: 'Nordic and Baltic countries',
    countries: [...codes.memberCountries],
    regionCodes: [],
  },
} satisfies Readonly<Record<string, Pick<Side, 'name' | 'countries' | 'regionCodes'>>>;

type Place = keyof typeof places;

const ends: Readonly<Record<Direction, Readonly<Record<'from' | 'to', Place>>>> = {
  NORTH_WEST_RUSSIA_TO_NORDIC: { from: 'north-west-russia', to: 'nordic-countries' },
  NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA: { from: 'nordic-baltic-countries', to: 'north-west-russia' },
};

/** The directions in which groups travel from a country. */
export const directionsFrom = (country: string): string[] =>
  Object.entries(ends).flatMap(([direction, { from }]) =>
    (places[from].countries as readonly string[]).includes(country) ? direction : [],
  );

/** The sectors that groups of a direction should see, in the programme’s order. */
export const sectorsFor = (
  { sectorsByDirection, sectorsToShow }: Pick<Programme, 'sectorsByDirection' | 'sectorsToShow'>,
  direction: Direction,
): readonly vocabulary.Sector[] => sectorsByDirection?.[direction] ?? sectorsToShow;

/** The id of a documented side of a programme. */
const idOf = (programmeId: string, place: Place): string => `${programmeId}/side/${place}`;

/** The direction that leads from one documented side of a programme to another; null if none does. */
export function directionBetween(
  programmeId: string,
  fromId: string,
  toId: string,
): Direction | null {
  const isOne = ([, { from, to }]: [string, Readonly<Record<'from' | 'to', Place>>]) =>
    idOf(programmeId, from) === fromId && idOf(programmeId, to) === toId;
  return (Object.entries(ends).find(isOne)?.[0] as Direction | undefined) ?? null;
}

/** The sides that journeys of these directions go between, each once. */
export async function deriveSides(
  programmeId: string,
  directions: Iterable<Direction>,
  context: WithLoaders,
): Promise<Side[]> {
  const named = [...directions].flatMap((direction) => Object.values(ends[direction]));
  return Promise.all([...new Set(named)].map((place) => derive(programmeId, place, context)));
}

/** The side that journeys of a direction start from, or lead to. */
export const deriveEnd = (
  programmeId: string,
  direction: Direction,
  end: 'from' | 'to',
  context: WithLoaders,
): Promise<Side> => derive(programmeId, ends[direction][end], context);

/** Says what the source of the programme says: no source names who hosts or co-ordinates a side. */
async function derive(programmeId: string, place: Place, context: WithLoaders): Promise<Side> {
  const programme = await context.loaders.one(Programme).load(programmeId);
  if (!programme) throw new Error(`There is no programme ${programmeId}.`);
  const leading = Object.keys(ends).find((one) => ends[one as Direction].to === place);
  return Object.assign(new Side(), {
    id: idOf(programmeId, place),
    programmeId,
    position: 0,
    ...places[place],
    ownSectors: leading === undefined ? null : [...sectorsFor(programme, leading as Direction)],
    stated: { source: programme.source, isOfOffices: place === 'north-west-russia' },
  });
}

/**
 * The offices that the programme names as those who select its participants; null if its source
 * names none.
 */
export async function loadSelectors(
  programmeId: string,
  { loaders }: WithLoaders,
): Promise<string[] | null> {
  const orderBy = [{ property: 'position' }, { property: 'id' }];
  const roles = await loaders.many(PartyRole, 'programmeId', { orderBy }).load(programmeId);
  const selectors = roles
    .filter(({ role, partyId }) => role === 'SELECTOR' && isOffice(partyId))
    .map(({ partyId }) => partyId);
  return selectors.length > 0 ? selectors : null;
}

const isOffice = (partyId: string): boolean => codes.ownerOf(partyId) === codes.officesCode;
