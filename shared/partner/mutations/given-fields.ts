import { HubError } from '../../errors/hub-error.js';

/**
 * The fields of an input that the caller gave. In a change, a field that is left out keeps its
 * value, and null removes it.
 * @example await manager.update(Hosting, { id }, pickGiven(input, ['transport', 'note']));
 */
export function pickGiven<Input extends object, Field extends keyof Input>(
  input: Input,
  fields: readonly Field[],
): Partial<Pick<Input, Field>> {
  const given = fields.filter((field) => input[field] !== undefined);
  return Object.fromEntries(given.map((field) => [field, input[field]])) as Partial<
    Pick<Input, Field>
  >;
}

/**
 * Rejects null in fields that must keep a value.
 * @throws HubError `BAD_USER_INPUT` with the first such field as `argument`
 */
export function refuseNull<Input extends object>(
  input: Input,
  fields: readonly Extract<keyof Input, string>[],
): void {
  const removed = fields.find((field) => input[field] === null);
  if (removed === undefined) return;
  throw new HubError('BAD_USER_INPUT', {
    argument: `input.${removed}`,
    message: `\`${removed}\` must not be null. Leave it out to keep its value.`,
  });
}
