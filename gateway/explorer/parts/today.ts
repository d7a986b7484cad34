/** Today in the reader’s own time zone: `2026-11-26`. The Swedish form of dates is that of ISO 8601. */
export const today = (): string => new Date().toLocaleDateString('sv');
