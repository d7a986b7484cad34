import type { PartnerError } from '../partners/read-response.js';

/**
 * Finds refusals of a gathered place on which all partners that responded agree. They concern what
 * the client sent or who the client is, so no partner is named.
 * @param responses the errors of each partner that responded
 * @param longest the most steps of a path, within a partner’s response, that leads to the whole
 * place
 */
export function findSharedRefusals(
  responses: readonly (readonly PartnerError[])[],
  longest: number,
): (error: PartnerError) => boolean {
  const nameOf = ({ refusal, path = [] }: PartnerError): string | undefined =>
    refusal && path.length <= longest
      ? JSON.stringify([refusal, path.length === longest ? path[longest - 1] : null])
      : undefined;
  const counts = new Map<string, number>();
  for (const errors of responses) {
    for (const name of new Set(errors.map(nameOf)))
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return (error) => {
    const name = nameOf(error);
    return name !== undefined && counts.get(name) === responses.length;
  };
}

/** The errors at one place of a response: its own errors, and those of the whole request. */
export type ErrorsAt = (place: string | number) => readonly PartnerError[];

const none: readonly PartnerError[] = [];

/**
 * Sorts the errors of a response once, because it may have thousands of errors and places. Of equal
 * errors, the first one counts: the client gets it once, at each of its thousands of places.
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
  const meaningOf = ({
    refusal,
    code,
    isUndecided,
    isLate,
    isBusy,
    missing = '',
  }: PartnerError): string =>
    `${refusal} ${code} ${isUndecided} ${isLate} ${isBusy} ${missedAs(missing) ? missing : ''}`;
  const seen = new Set<string>();
  const general: PartnerError[] = [];
  const ofOne = new Map<string | number, PartnerError[]>();
  for (const error of errors) {
    const place = error.path?.[step];
    const inner = place === undefined ? '' : JSON.stringify(error.path);
    const meaning = `${meaningOf(error)} ${inner}`;
    if (seen.has(meaning)) continue;
    seen.add(meaning);
    const known = place === undefined ? general : ofOne.get(place);
    if (known) known.push(error);
    else if (place !== undefined) ofOne.set(place, [error]);
  }
  return (place) => {
    const own = ofOne.get(place) ?? none;
    return general.length > 0 ? [...general, ...own] : own;
  };
}
