import { cutText, longest } from '@hub/shared/graphql';
import { isObject } from '../graph-response.js';

/** The position of a place, as exact as the file of places. */
interface Place {
  readonly country: string;
  readonly city: string;
  readonly longitude: number;
  readonly latitude: number;
}

export interface Places {
  /** The source and the licence of the positions. */
  readonly source: string;
  /** What the position refers to: `city`. */
  readonly precision: string;
  readonly places: readonly Place[];
}

/** Undefined for a text that is too long for a city: normalising it could take quadratic time. */
function keyOf(country: unknown, city: unknown): string | undefined {
  const isName = (text: unknown) => typeof text === 'string' && text.length <= longest.name;
  if (!isName(country) || !isName(city)) return undefined;
  return `${String(country)} ${String(city).normalize('NFC').toLowerCase()}`;
}

interface Feature {
  readonly type: 'Feature';
  readonly id?: string;
  readonly geometry: { readonly type: 'Point'; readonly coordinates: readonly number[] } | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** @param row `placeCity` and `placeCountry` are the place, the rest are properties */
function writeFeature(
  { id, placeCity, placeCountry, ...properties }: Readonly<Record<string, unknown>>,
  positions: ReadonlyMap<string | undefined, Place>,
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

const writeJson = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'string' ? cutText(inner, longest.freeText) : inner,
  );

/**
 * Writes a response as GeoJSON, one feature a line. Every row of every root field is a feature. An
 * unknown place has no position.
 * @see https://www.rfc-editor.org/rfc/rfc7946
 */
export function* writeFeatureCollection(
  data: Readonly<Record<string, unknown>>,
  { source, precision, places }: Places,
): Generator<string> {
  const positions = new Map(places.map((place) => [keyOf(place.country, place.city), place]));
  const rows = Object.values(data).flatMap((list): unknown[] => (Array.isArray(list) ? list : []));
  yield `{"type":"FeatureCollection","attribution":${writeJson(source)},"features":[`;
  let before = '\n';
  for (const row of rows.filter(isObject)) {
    yield `${before}${writeJson(writeFeature(row, positions, precision))}`;
    before = ',\n';
  }
  yield '\n]}\n';
}
