import { isObject } from './answer.js';

/** Where a place is, as exactly as the file of places says. */
export interface Place {
  readonly country: string;
  readonly city: string;
  readonly longitude: number;
  readonly latitude: number;
}

export interface Places {
  /** Whose positions these are, and under what licence. */
  readonly source: string;
  /** What a position is of: `city`. */
  readonly precision: string;
  readonly places: readonly Place[];
}

const keyOf = (country: unknown, city: unknown): string =>
  `${String(country)} ${String(city).normalize('NFC').toLowerCase()}`;

interface Feature {
  readonly type: 'Feature';
  readonly id?: string;
  readonly geometry: { readonly type: 'Point'; readonly coordinates: readonly number[] } | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** @param row its `placeCity` and `placeCountry` say where, all else what */
function writeFeature(
  { id, placeCity, placeCountry, ...properties }: Readonly<Record<string, unknown>>,
  positions: ReadonlyMap<string, Place>,
  precision: string,
): Feature {
  const place = positions.get(keyOf(placeCountry, placeCity));
  return {
    type: 'Feature',
    ...(typeof id === 'string' && { id }),
    geometry: place ? { type: 'Point', coordinates: [place.longitude, place.latitude] } : null,
    properties: { ...properties, precision: place ? precision : null },
  };
}

/**
 * Writes an answer as GeoJSON: every row of every root field is a feature. A place that is not known has no position.
 * @see https://www.rfc-editor.org/rfc/rfc7946
 */
export function writeFeatureCollection(
  data: Readonly<Record<string, unknown>>,
  { source, precision, places }: Places,
): string {
  const positions = new Map(places.map((place) => [keyOf(place.country, place.city), place]));
  const rows = Object.values(data).flatMap((list) => (Array.isArray(list) ? list : []));
  const features = rows.filter(isObject).map((row) => writeFeature(row, positions, precision));
  return `${JSON.stringify({ type: 'FeatureCollection', attribution: source, features }, null, 1)}\n`;
}
