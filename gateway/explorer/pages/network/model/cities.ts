import type { Selection } from './filter.ts';

/** A city with what the selection has there. */
export interface City {
  readonly key: string;
  readonly city: string;
  readonly country: string | null;
  /** Parties with their seat there. */
  readonly seats: number;
  /** Events that took place there. */
  readonly events: number;
}

/**
 * The cities of a selection, those with the most first, then by name. The seat of a party may be in
 * another country: a consulate is abroad, and an international body has none.
 * @param countryOf the country that is known of a city, else the one that is given
 */
export function listCities(
  { actors, occasions }: Selection,
  countryOf: (country: string | null, city: string) => string | null,
): readonly City[] {
  const cities = new Map<string, { -readonly [Key in keyof City]: City[Key] }>();
  const at = (city: string, given: string | null) => {
    const country = countryOf(given, city);
    const key = `${country ?? ''} ${city}`;
    let found = cities.get(key);
    if (!found) cities.set(key, (found = { key, city, country, seats: 0, events: 0 }));
    return found;
  };
  for (const { actor } of actors) if (actor.city) at(actor.city, actor.country).seats += 1;
  for (const { occasion } of occasions)
    if (occasion.city) at(occasion.city, occasion.country).events += 1;
  return [...cities.values()].sort(
    (one, other) =>
      other.seats + other.events - one.seats - one.events || one.city.localeCompare(other.city),
  );
}
