import type { PartnerError } from '../../partners/read-response.js';

/** The errors at one place of a response: its own errors, and those of the whole request. */
export type ErrorsAt = (place: string | number) => readonly PartnerError[];

const none: readonly PartnerError[] = [];

/**
 * Sorts the errors of a response once, because it may have thousands of errors and places. Of equal
 * errors of the whole request, the first one counts.
 * @param step the step of a path that names the place: 0 for root fields, 1 for entities
 * @param missedAs how a partner that an error names as missing failed the hub itself; undefined if
 * it did not
 */
export function sortErrors(
  errors: readonly PartnerError[],
  step: 0 | 1,
  missedAs: (partner: string) => string | undefined,
): ErrorsAt {
  if (errors.length === 0) return () => none;
  const meaningOf = ({ refusal, isUndecided, isBusy, missing = '' }: PartnerError): string =>
    `${refusal} ${isUndecided} ${isBusy} ${missedAs(missing) ? missing : ''}`;
  const ofAll = new Map<string, PartnerError>();
  const ofOne = new Map<string | number, PartnerError[]>();
  for (const error of errors) {
    const place = error.path?.[step];
    if (place === undefined) {
      const meaning = meaningOf(error);
      if (!ofAll.has(meaning)) ofAll.set(meaning, error);
      continue;
    }
    const known = ofOne.get(place);
    if (known) known.push(error);
    else ofOne.set(place, [error]);
  }
  const general = [...ofAll.values()];
  return (place) => {
    const own = ofOne.get(place) ?? none;
    return general.length > 0 ? [...general, ...own] : own;
  };
}
