import { ContactBasis } from '../entities/vocabulary.js';
import type { ContactEvidence } from './contact.js';

/** Something that brought parties together: an event, a visit that has ended, or a programme. */
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
}

/** Two parties that met, and on what basis. */
export interface Meeting {
  readonly one: string;
  readonly other: string;
  readonly isRepresentation: boolean;
}

/** Every pair of parties of an occasion, each once. */
export function* listMeetings({ parties, represented }: Occasion): Generator<Meeting> {
  const all = [...parties, ...represented];
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
  { id, basis, on, source }: Occasion,
  isRepresentation: boolean,
): ContactEvidence => ({
  subjectId: id,
  basis: isRepresentation ? ContactBasis.REPRESENTATION : basis,
  on,
  source,
});
