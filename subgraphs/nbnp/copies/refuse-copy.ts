import { HubError } from '@hub/shared/errors';

/** The argument of a copy that stands for a field of the plan: `{ hostCountries: 'visit' }`. */
type Arguments = Readonly<Record<string, string>>;

/**
 * Executes a copy. A rule that refuses a part of its plan names the argument that brought it in, and
 * the message the part.
 * @param nameOf the id at a place in the plan. @default the place has it: `input.site.fi:site`
 */
export async function refuseCopyBy<Result>(
  standsFor: Arguments,
  copy: () => Promise<Result>,
  nameOf: (place: readonly string[]) => unknown = ([, ...id]) => id.join('.'),
): Promise<Result> {
  try {
    return await copy();
  } catch (refusal) {
    if (!(refusal instanceof HubError)) throw refusal;
    const [, ...place] = String(refusal.extensions['argument']).split('.');
    const name = standsFor[place[0] ?? ''];
    if (name === undefined) throw refusal;
    const id = nameOf(place);
    const message = id ? `${refusal.message} (${String(id)})` : refusal.message;
    throw new HubError(refusal.code, { ...refusal.extensions, message, argument: `input.${name}` });
  }
}
