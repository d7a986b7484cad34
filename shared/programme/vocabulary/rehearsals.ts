import { words } from '../../partner/words.js';

/** The argument, or field of a filter, that includes what was made for rehearsals. */
export const takenRehearsals = {
  nullable: true,
  defaultValue: false,
  description: words.Rehearsal.taken,
} as const;
