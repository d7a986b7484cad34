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
