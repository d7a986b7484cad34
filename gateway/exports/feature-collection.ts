import { cutText, longest } from '@hub/shared/scalars';
import { isObject } from './answer.js';

/** Where a place is, as exactly as the file of places says. */
interface Place {
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

/** Undefined for a text that is too long for a city: normalizing it could take quadratic time. */
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

/** @param row its `placeCity` and `placeCountry` say where, all else what */
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
 * Writes an answer as GeoJSON, a feature a line: every row of every root field is a feature. A place that is not known
 * has no position.
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
