import { geoConicConformal } from 'd3-geo';
import region from '../../generated/region.json';

export const { width, height, countries, attribution } = region;
/** Whose positions the cities have, and under which licence. */
export const positionsSource = region.cities.source;

const { parallels, rotate, scale, translate } = region.projection;
const pair = ([one = 0, other = 0]: readonly number[]): [number, number] => [one, other];
const project = geoConicConformal()
  .parallels(pair(parallels))
  .rotate(pair(rotate))
  .scale(scale)
  .translate(pair(translate));

interface City {
  readonly country: string;
  readonly at: readonly [number, number] | null;
}

const nameOf = (city: string): string => city.normalize('NFC').toLowerCase();
const cities = new Map<string, City[]>();
for (const { country, city, longitude, latitude } of region.cities.places) {
  const entry = { country, at: project([longitude, latitude]) };
  cities.set(nameOf(city), [...(cities.get(nameOf(city)) ?? []), entry]);
}

/** The city of this name in the country, or the only one of this name. */
function findCity(country: string | null, city: string): City | undefined {
  const named = cities.get(nameOf(city)) ?? [];
  const [only] = named.length === 1 ? named : [];
  return named.find((entry) => entry.country === country) ?? only;
}

/** The country in which a city is, if the hub knows the city; else the one that is given. */
export const countryOf = (country: string | null, city: string): string | null =>
  findCity(country, city)?.country ?? country;

/** Where a city is on the map. Undefined if the hub does not know. */
export function placeCity(country: string | null, city: string): [number, number] | undefined {
  const [x, y] = findCity(country, city)?.at ?? [];
  const isOnMap =
    x !== undefined && y !== undefined && x >= 0 && x <= width && y >= 0 && y <= height;
  return isOnMap ? [x, y] : undefined;
}
