import { FormalityKind } from '../vocabulary/enums.js';
import type { FormalityFields } from '../vocabulary/formality.type.js';

const kinds = Object.keys(FormalityKind);

const isSettled = ({ status }: Pick<FormalityFields, 'status'>): boolean =>
  status === 'RECEIVED' || status === 'NOT_NEEDED';

/**
 * Counts the open formalities of people: each kind that is neither received nor not needed. A kind
 * without a record is open.
 * @param people the members of one group
 * @param recorded all records for that group, also of people who have left it
 * @param personOf the person of a record
 */
export function countOpenFormalities<Formality extends FormalityFields>(
  people: ReadonlySet<string>,
  recorded: readonly Formality[],
  personOf: (formality: Formality) => string,
): number {
  const settled = recorded.filter((one) => isSettled(one) && people.has(personOf(one)));
  return people.size * kinds.length - settled.length;
}
