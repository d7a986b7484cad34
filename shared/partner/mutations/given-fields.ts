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
