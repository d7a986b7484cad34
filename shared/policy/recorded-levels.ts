/** The levels whose reads are recorded, because they concern a person or a journey. */
export const recordedLevels: ReadonlySet<string> = new Set([
  'itinerary',
  'identity',
  'report',
  'formalities',
  'travelNeeds',
  'tasks',
]);
