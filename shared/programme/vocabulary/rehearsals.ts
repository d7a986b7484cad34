import { words } from '../../partner/words.js';

const falseAtFirst = { nullable: true, defaultValue: false } as const;

/** The argument, or field of a filter, that includes what was made for rehearsals. */
export const takenRehearsals = { ...falseAtFirst, description: words.Rehearsal.taken };

/** The field of a registration by which a record is made for rehearsals. */
export const givenRehearsal = { ...falseAtFirst, description: words.Rehearsal.given };
