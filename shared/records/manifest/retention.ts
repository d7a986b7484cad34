import { z } from 'zod';

/**
 * How many days after the last journey each kind of personal data is kept, unless a partner says
 * otherwise. Names of readers: how many days after the month in which they read.
 */
export const usualRetention = {
  TRAVEL_NEEDS: 30,
  FORMALITIES: 90,
  CONTACTS: 730,
  REPORTS: 730,
  DECISIONS: 1_825,
  READERS: 730,
} as const;

export type PersonalDataKind = keyof typeof usualRetention;

/** Days by kind. */
export type Retention = Readonly<Record<PersonalDataKind, number>>;

const mostDays = 36_500;

const isKind = (kind: string): kind is PersonalDataKind => Object.hasOwn(usualRetention, kind);

/** What a manifest says of it: the kinds that differ from the usual days. */
export const retentionSchema = z.partialRecord(
  z.enum(Object.keys(usualRetention) as [PersonalDataKind]),
  z.int().min(0).max(mostDays),
);

/** What differs from the usual days. Undefined if nothing does. */
export function findUnusual(retention: Retention): Partial<Retention> | undefined {
  const unusual = Object.entries(retention).filter(
    ([kind, days]) => isKind(kind) && usualRetention[kind] !== days,
  );
  return unusual.length > 0 ? Object.fromEntries(unusual) : undefined;
}

/**
 * The days of a setting: `TRAVEL_NEEDS=14,REPORTS=365`. What it does not name has its usual days.
 * @throws Error that says what is invalid
 */
export function readRetention(text: string): Retention {
  const days: Record<PersonalDataKind, number> = { ...usualRetention };
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const [kind = '', value = ''] = part.split('=').map((one) => one.trim());
    if (!isKind(kind) || !/^\d+$/.test(value) || Number(value) > mostDays)
      throw new Error(
        `must be kinds with days, such as TRAVEL_NEEDS=30,REPORTS=730. Kinds are ${Object.keys(usualRetention).join(', ')}.`,
      );
    days[kind] = Number(value);
  }
  // A person’s name goes last, with everything else of hers.
  const { READERS: _, ...ofPeople } = days;
  const last = Math.max(...Object.values(ofPeople));
  if (days.DECISIONS < last)
    throw new Error('must have no kind that is kept longer than DECISIONS');
  return days;
}
