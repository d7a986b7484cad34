import { violateRule } from '../errors/index.js';

/** A record that may be made for rehearsals, or belong to one. */
export interface Rehearsable {
  /** Unknown to a server of an earlier version, which has no rehearsals. */
  readonly isRehearsal?: boolean | null;
}

const isInvented = ({ isRehearsal }: Rehearsable): boolean => isRehearsal === true;

/**
 * Nothing that was made for rehearsals can be used in a real programme.
 * @param part of the programme: the group, the visit or the stop
 * @throws HubError `RULE_VIOLATED` REHEARSAL
 */
export function checkNotInvented(used: Rehearsable, part: Rehearsable, argument: string): void {
  if (isInvented(used) && !isInvented(part)) violateRule('REHEARSAL', argument);
}

/**
 * Invented people take part in rehearsals, and real people do not.
 * @throws HubError `RULE_VIOLATED` REHEARSAL
 */
export function checkPersonFits(person: Rehearsable, part: Rehearsable, argument: string): void {
  if (isInvented(person) !== isInvented(part)) violateRule('REHEARSAL', argument);
}
