import { formOfScalar } from '@hub/shared/graphql';

/**
 * The code of the partner that owns a value: the prefix of an ID (`dk:…`), or the lower-case form
 * of another value. Null if no partner owns it. Undefined if the value does not have the form of
 * its scalar.
 */
export function findOwner(
  value: unknown,
  scalar: string,
  partners: readonly string[],
): string | null | undefined {
  // A custom scalar may be an object, which nobody owns and which may have no text.
  const text = typeof value === 'object' ? '' : String(value);
  if (formOfScalar(scalar)?.isOfForm(text) === false) return undefined;
  const owner =
    scalar === 'ID' ? text.slice(0, Math.max(0, text.indexOf(':'))) : text.toLowerCase();
  return partners.includes(owner) ? owner : null;
}
