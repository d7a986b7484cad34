import { findText, t } from '../words/language.ts';
import { joinNames } from '../words/names.ts';

interface Read {
  readonly role: string;
  readonly purpose: string | null;
  readonly purposeNote: string | null;
  readonly wasRefused: boolean;
}

/** Why it was read, as the end of a sentence. */
export const whyOf = ({ purpose, purposeNote }: Omit<Read, 'role' | 'wasRefused'>): string => {
  const why = purpose !== null && findText([`purposes.${purpose}`], { note: purposeNote ?? '' });
  return why ? `, ${why}` : '';
};

interface Said {
  /** Whose people read, or who did. */
  readonly by: readonly string[];
  readonly what: readonly string[];
  readonly day: string;
}

/** A reading as a sentence. */
export function sayReading(read: Read, { by, what, day }: Said): string {
  const organisation = joinNames(by);
  return t(read.wasRefused ? 'ownData.wasRefused' : 'ownData.wasRead', {
    who: findText([`readers.${read.role}`], { organisation }) ?? organisation,
    what: joinNames(what),
    day,
    why: whyOf(read),
  });
}
