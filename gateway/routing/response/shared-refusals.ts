import type { PartnerError } from '../../partners/read-response.js';

/**
 * Finds the refusals of a gathered place in which all partners that responded agree: they are about what the client sent
 * or who it is, so they name no partner.
 * @param answers the errors of each partner that responded
 * @param longest how many steps a path has at most, within a partner’s response, that leads to the whole place
 */
export function findSharedRefusals(
  answers: readonly (readonly PartnerError[])[],
  longest: number,
): (error: PartnerError) => boolean {
  const nameOf = ({ refusal, isOfLimit, path = [] }: PartnerError): string | undefined =>
    refusal && !isOfLimit && path.length <= longest
      ? JSON.stringify([refusal, path.length === longest ? path[longest - 1] : null])
      : undefined;
  const counts = new Map<string, number>();
  for (const errors of answers) {
    for (const name of new Set(errors.map(nameOf)))
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return (error) => {
    const name = nameOf(error);
    return name !== undefined && counts.get(name) === answers.length;
  };
}
