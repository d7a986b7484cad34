/** Today in the reader’s own time zone: `2026-11-26`. The Swedish form of dates is that of ISO 8601. */
export const today = (): string => new Date().toLocaleDateString('sv');

/** A later day, in the same form. */
export function daysFromToday(days: number): string {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return day.toLocaleDateString('sv');
}
