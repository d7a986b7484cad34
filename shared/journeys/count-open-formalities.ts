import { FormalityKind, type FormalityFields } from '../vocabulary/index.js';

const kinds = Object.keys(FormalityKind);

const isSettled = ({ status }: Pick<FormalityFields, 'status'>): boolean =>
  status === 'RECEIVED' || status === 'NOT_NEEDED';

/**
 * The formalities that are open: of each person every kind that is neither received nor needless. A
 * kind without a record is open.
 * @param people the members of one group, each once
 * @param recorded what is recorded for that group, of whomever
 * @param personOf whose a record is
 */
export function countOpenFormalities<Formality extends FormalityFields>(
  people: ReadonlySet<string>,
  recorded: readonly Formality[],
  personOf: (formality: Formality) => string,
): number {
  const settled = recorded.filter((one) => isSettled(one) && people.has(personOf(one)));
  return people.size * kinds.length - settled.length;
}
