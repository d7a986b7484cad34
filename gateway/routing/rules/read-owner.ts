/** How the values of a scalar are written that name a partner; a value of another form names none and is refused. */
const formOfScalar: Readonly<Record<string, RegExp>> = { CountryCode: /^[A-Z]{2}$/ };

/**
 * The code of the partner that a value belongs to: the prefix of an id (`dk:…`), the lower-case form of anything else.
 * `null` is a value without an owner, `undefined` one that is not of its scalar’s form.
 */
export function readOwner(
  value: unknown,
  scalar: string,
  partners: readonly string[],
): string | null | undefined {
  const text = String(value);
  if (formOfScalar[scalar]?.test(text) === false) return undefined;
  const owner =
    scalar === 'ID' ? text.slice(0, Math.max(0, text.indexOf(':'))) : text.toLowerCase();
  return partners.includes(owner) ? owner : null;
}
