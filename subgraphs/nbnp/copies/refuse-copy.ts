import { HubError } from '@hub/shared/errors';

/** The argument of a copy that stands for a field of the plan: `{ hostCountries: 'visit' }`. */
type Arguments = Readonly<Record<string, string>>;

/**
 * Executes a copy. A rule that refuses a part of its plan names the argument that brought it in.
 */
export async function refuseCopyBy<Result>(
  standsFor: Arguments,
  copy: () => Promise<Result>,
): Promise<Result> {
  try {
    return await copy();
  } catch (refusal) {
    if (!(refusal instanceof HubError)) throw refusal;
    const [, field = ''] = String(refusal.extensions['argument']).split('.');
    const name = standsFor[field];
    if (name === undefined) throw refusal;
    const { extensions, message } = refusal;
    throw new HubError(refusal.code, { ...extensions, message, argument: `input.${name}` });
  }
}
