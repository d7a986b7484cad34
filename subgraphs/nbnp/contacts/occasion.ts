import { ContactBasis, ContactLevel } from '../entities/vocabulary.js';
import type { ContactEvidence } from './contact.js';

/**
 * Something that brought parties together: an event, a visit that has ended, a programme, or a
 * membership.
 */
export interface Occasion {
  readonly id: string;
  readonly basis: Exclude<ContactBasis, 'REPRESENTATION'>;
  /** For a part of an event: the whole event. */
  readonly wholeId: string | null;
  readonly programmeId: string | null;
  /** The dates that a filter compares; null if unknown. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly on: string | null;
  readonly source: string | null;
  /** The parties that had a role themselves, each once. */
  readonly parties: readonly string[];
  /** The parties that are named only as represented by somebody, each once. */
  readonly represented: readonly string[];
  /** The countries that somebody represented, each once. They count at level COUNTRY only. */
  readonly countries: readonly string[];
  readonly isRehearsal: boolean;
}

/** Two parties, or at level COUNTRY also countries, that met, and on what basis. */
export interface Meeting {
  readonly one: string;
  readonly other: string;
  readonly isRepresentation: boolean;
}

/** True for a country that was represented itself, and not by a party: `DK`. */
export const isCountry = (id: string): boolean => !id.includes(':');

/** Every pair of parties of an occasion, each once. */
export function* listMeetings(
  { parties, represented, countries }: Occasion,
  level: ContactLevel,
): Generator<Meeting> {
  const all = [...parties, ...represented, ...(level === ContactLevel.COUNTRY ? countries : [])];
  for (const [index, one] of all.entries()) {
    for (let next = index + 1; next < all.length; next += 1) {
      const other = all[next];
      if (other === undefined) continue;
      yield { one, other, isRepresentation: next >= parties.length };
    }
  }
}

/** The evidence that an occasion gives for two parties that met there. */
export const toEvidence = (
  { id, basis, on, source, isRehearsal }: Occasion,
  isRepresentation: boolean,
): ContactEvidence => ({
  subjectId: id,
  basis: isRepresentation && basis === ContactBasis.EVENT ? ContactBasis.REPRESENTATION : basis,
  on,
  source,
  isRehearsal,
});
