/** The day of a moment in the reader’s own time zone: `2026-11-26`. The Swedish form of dates is that of ISO 8601. */
export const dayOf = (moment: Date): string => moment.toLocaleDateString('sv');

export const today = (): string => dayOf(new Date());

/** A later day, in the same form. */
export function daysFromToday(days: number): string {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return dayOf(day);
}

/** Whether a day that may be unknown is over. */
export const isPast = (day: string | null): boolean => day !== null && day < today();

interface Journey {
  readonly endsOn: string | null;
  readonly returnedOn: string | null;
  readonly cancelledOn: string | null;
}

/** Whether a visit is under way or to come, by its days. */
export const isAhead = ({ endsOn, returnedOn, cancelledOn }: Journey): boolean =>
  cancelledOn === null && returnedOn === null && !isPast(endsOn);
