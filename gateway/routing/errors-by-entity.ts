import type { PartnerError } from './read-answer.js';

/** The errors that concern the entity at an index of `_entities`: its own, and those of the whole request. */
export type ErrorsOf = (index: number) => readonly PartnerError[];

const none: readonly PartnerError[] = [];

/**
 * Sorts the errors of a response once: there may be thousands of them, and as many entities. Of errors of the whole
 * request that say the same, the first counts.
 * @param missedAs what the hub itself misses the partner for whose answer an error says is missing; undefined if it does not
 */
export function sortByEntity(
  errors: readonly PartnerError[],
  missedAs: (partner: string) => string | undefined,
): ErrorsOf {
  if (errors.length === 0) return () => none;
  const meaningOf = ({ refusal, isUndecided, missing = '' }: PartnerError): string =>
    `${refusal} ${isUndecided} ${missedAs(missing) ? missing : ''}`;
  const ofAll = new Map<string, PartnerError>();
  const ofOne = new Map<number, PartnerError[]>();
  for (const error of errors) {
    const index = error.path?.[1];
    if (typeof index !== 'number') {
      const meaning = meaningOf(error);
      if (!ofAll.has(meaning)) ofAll.set(meaning, error);
      continue;
    }
    const known = ofOne.get(index);
    if (known) known.push(error);
    else ofOne.set(index, [error]);
  }
  const general = [...ofAll.values()];
  return (index) => {
    const own = ofOne.get(index) ?? none;
    return general.length > 0 ? [...general, ...own] : own;
  };
}
