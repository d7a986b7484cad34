/** A use of a record in a programme: each of the two may be made for rehearsals. */
export interface RehearsalCase {
  /** Whether the programme is a rehearsal. */
  readonly programme: boolean;
  /** Whether the person or thing that a mutation uses in it is invented. */
  readonly used: boolean;
  readonly isAllowed: boolean;
}

const both = [true, false];

const casesOf = (isAllowed: (programme: boolean, used: boolean) => boolean): RehearsalCase[] =>
  both.flatMap((programme) =>
    both.map((used) => ({ programme, used, isAllowed: isAllowed(programme, used) })),
  );

/** Invented people take part in rehearsals, and real people do not. */
export const personCases = casesOf((programme, used) => programme === used);

/** Nothing invented is used in a real programme; a rehearsal may use what is real. */
export const thingCases = casesOf((programme, used) => programme || !used);
