import { firstDayOf } from '../../../../../shared/graphql/scalars/dates.ts';
import { isPartialDate, type ChosenContact } from './filter.ts';

/** When two were in contact, seen from a date. */
export type Side = 'before' | 'after' | 'both' | 'undated';

export const sides: readonly Side[] = ['before', 'both', 'after', 'undated'];

/** On which side of a date a contact is, by the first days of its evidence. */
function sideOf({ evidence }: ChosenContact, date: string): Side {
  const day = firstDayOf(date);
  const days = evidence.flatMap(({ firstDay }) => firstDay ?? []);
  const isBefore = days.some((one) => one < day);
  const isAfter = days.some((one) => one >= day);
  if (isBefore && isAfter) return 'both';
  if (isBefore) return 'before';
  return isAfter ? 'after' : 'undated';
}

/** The sides of all contacts, by key. Undefined without a date to compare with. */
export function compareAt(
  contacts: readonly ChosenContact[],
  date: string,
): ReadonlyMap<string, Side> | undefined {
  if (!isPartialDate(date)) return undefined;
  return new Map(contacts.map((chosen) => [chosen.contact.key, sideOf(chosen, date)]));
}
