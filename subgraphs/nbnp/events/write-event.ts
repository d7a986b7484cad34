import { pickGiven } from '@hub/shared/partner';
import type { EntityManager } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { toEventCountries } from '../entities/event-derived.js';
import { EventCountry, type Event } from '../entities/event.entity.js';
import { Representation } from '../entities/representation.entity.js';
import { CountQualifier } from '../entities/vocabulary.js';
import { writeRoles } from '../network/write-roles.js';
import type { EventInput } from './check-event.js';
import type { RepresentationInput } from './record-event.input.js';

/** The columns that have the name of their input. */
const plain = [
  'startsOn',
  'endsOn',
  'venue',
  'city',
  'aim',
  'targetGroup',
  'note',
  'source',
] as const;

/** The countries that an input gives; undefined if it gives none. */
function countriesOf({ country, countries }: EventInput): readonly string[] | undefined {
  if (countries !== undefined) return countries ?? [];
  if (country === undefined) return undefined;
  return country === null ? [] : [country];
}

/** An unchanged number keeps its qualifier, which comes from the source. */
function toParticipants({ participants }: EventInput, before: number | null): Partial<Event> {
  if (participants === undefined || participants === before) return {};
  return {
    participantsValue: participants,
    participantsQualifier: participants === null ? null : CountQualifier.EXACT,
  };
}

/** The columns of an event that an input gives, except for its title and kind. */
export function toColumns(
  input: EventInput,
  before: Pick<Event, 'participantsValue'>,
): Partial<Event> {
  const { workingLanguages, partOf, programme } = input;
  const countries = countriesOf(input);
  return {
    ...pickGiven(input, plain),
    ...toParticipants(input, before.participantsValue),
    ...(workingLanguages !== undefined && { workingLanguages: workingLanguages ?? [] }),
    ...(partOf !== undefined && { partOfId: partOf }),
    ...(programme !== undefined && { programmeId: programme }),
    // Several countries are in their own table alone.
    ...(countries && { country: countries.length === 1 ? (countries[0] ?? null) : null }),
  };
}

/** Writes the lists of an event that an input gives. */
export async function writeLists(
  manager: EntityManager,
  eventId: string,
  input: EventInput,
): Promise<void> {
  const countries = countriesOf(input);
  if (countries) {
    await manager.delete(EventCountry, { eventId });
    await manager.insert(EventCountry, toEventCountries(eventId, countries));
  }
  if (input.roles) await writeRoles(manager, { eventId }, input.roles);
  if (input.represented !== undefined)
    await writeRepresented(manager, eventId, input.represented ?? []);
}

/** Replaces the representations. One that stays word by word keeps its source. */
async function writeRepresented(
  manager: EntityManager,
  eventId: string,
  represented: readonly RepresentationInput[],
): Promise<void> {
  const before = await manager.findBy(Representation, { eventId });
  await manager.delete(Representation, { eventId });
  await manager.insert(
    Representation,
    represented.map(({ what, country = null, party: partyId = null }, position) => {
      const old = before.find((one) => one.what === what && one.partyId === partyId);
      const id = `${eventId}/represented/${position}`;
      return { id, eventId, position, what, country, partyId, source: old?.source ?? null };
    }),
  );
}

/** Marks the claims with the value that the event now has as preferred, and no others. */
export async function preferClaims(
  manager: EntityManager,
  subjectId: string,
  input: EventInput,
): Promise<void> {
  const given: Readonly<Record<string, unknown>> = { ...input };
  for (const { position, property, value, preferred } of await manager.findBy(Claim, {
    subjectId,
  })) {
    if (given[property] === undefined) continue;
    const isValue = value === String(given[property]);
    if (isValue !== preferred)
      await manager.update(Claim, { subjectId, position }, { preferred: isValue });
  }
}
