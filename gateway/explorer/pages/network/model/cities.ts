import type { Selection } from './filter.ts';
import type { Actor, Contact, Occasion } from './network.ts';

/** A city with what the selection has there. */
export interface City {
  readonly key: string;
  readonly city: string;
  readonly country: string | null;
  /** Parties with their seat there. */
  readonly seats: readonly Actor[];
  /** Events that took place there. */
  readonly events: readonly Occasion[];
}

/** Two cities whose parties are in contact, and by how much evidence. */
export interface Connection {
  readonly cities: readonly [City, City];
  readonly evidence: number;
}

interface CityNetwork {
  readonly cities: readonly City[];
  readonly connections: readonly Connection[];
}

/** How much of a selection a map shows. */
interface Drawn {
  /** Parties with a place on the map. */
  readonly parties: number;
  /** Contacts of parties with places in two cities. */
  readonly contacts: number;
  /** Parties whose city no source names. */
  readonly withoutCity: readonly Actor[];
}

/** Counts what of a selection has a place on the map. A country is no party with a city. */
export function countDrawn(
  { actors, contacts }: Selection,
  placeOf: (actor: Actor) => string | undefined,
): Drawn {
  const isDrawn = ({ ends: [one, other] }: Contact) => {
    const [from, to] = [placeOf(one), placeOf(other)];
    return from !== undefined && to !== undefined && from !== to;
  };
  return {
    parties: actors.filter(({ actor }) => placeOf(actor) !== undefined).length,
    contacts: contacts.filter(({ contact }) => isDrawn(contact)).length,
    withoutCity: actors.flatMap(({ actor }) =>
      actor.city === null && actor.kind !== 'Country' ? actor : [],
    ),
  };
}

/**
 * The cities of a selection, those with the most first, then by name, and which are connected. The
 * seat of a party may be in another country: a consulate is abroad, and an international body has none.
 * @param countryOf the country that is known of a city, else the one that is given
 */
export function listCities(
  { actors, contacts, occasions }: Selection,
  countryOf: (country: string | null, city: string) => string | null,
): CityNetwork {
  const cities = new Map<string, City & { seats: Actor[]; events: Occasion[] }>();
  const seatOf = new Map<Actor, City>();
  const at = (city: string, given: string | null) => {
    const country = countryOf(given, city);
    const key = `${country ?? ''} ${city}`;
    let found = cities.get(key);
    if (!found) cities.set(key, (found = { key, city, country, seats: [], events: [] }));
    return found;
  };
  for (const { actor } of actors) {
    if (!actor.city) continue;
    const city = at(actor.city, actor.country);
    city.seats.push(actor);
    seatOf.set(actor, city);
  }
  for (const { occasion } of occasions)
    if (occasion.city) at(occasion.city, occasion.country).events.push(occasion);
  const connections = new Map<string, Connection>();
  for (const { contact, evidence } of contacts) {
    const [one, other] = contact.ends.map((end) => seatOf.get(end));
    if (!one || !other || one === other) continue;
    const key = [one.key, other.key].sort().join('\n');
    const before = connections.get(key)?.evidence ?? 0;
    connections.set(key, { cities: [one, other], evidence: before + evidence.length });
  }
  const countOf = ({ seats, events }: City) => seats.length + events.length;
  return {
    cities: [...cities.values()].sort(
      (one, other) => countOf(other) - countOf(one) || one.city.localeCompare(other.city),
    ),
    connections: [...connections.values()],
  };
}
