import type { GraphError } from '../../client/send-operation.ts';
import { inputs } from '../../generated/inputs.ts';
import { t } from '../../words/language.ts';
import { describeError } from '../completeness.tsx';
import { filledItems, findMistake, type Controls } from './entries.ts';
import { labelOf } from './form-words.ts';
import { requireFields, type InputField, type Values } from './input-field.ts';

/** What is wrong, in words, by the name of the control. */
export type Mistakes = ReadonlyMap<string, string>;

type Kind = NonNullable<ReturnType<typeof findMistake>>;

const describe = (kind: Kind, label: string): string =>
  kind === 'missing'
    ? t('form.missing', { label })
    : kind === 'noDate'
      ? t('form.noDate', { label })
      : t('form.noNumber', { label });

/**
 * What the form itself can tell of its values, before anything is sent.
 * @param required what a person must not leave empty, although the schema lets it out
 */
export function findMistakes(
  input: string,
  fields: readonly InputField[],
  values: Values,
  form: Controls,
  required: readonly string[] = [],
): Mistakes {
  const mistakes = new Map<string, string>();
  const check = (of: string, field: InputField, at: string, value: unknown) => {
    const kind = findMistake(field, value);
    if (kind) mistakes.set(at, describe(kind, labelOf(field.name, of)));
  };
  for (const field of fields) {
    const ofType = inputs[field.type];
    const inner = ofType && requireFields(ofType, required, `${field.name}.`);
    const value = values[field.name];
    if (!inner) check(input, field, field.name, value);
    else if (field.isList) {
      // Empty items are left out: those that are filled keep their numbers in the form.
      filledItems(field.name, form).forEach((number, index) => {
        const item = ((value ?? []) as readonly Values[])[index];
        for (const one of inner)
          check(field.type, one, `${field.name}.${number}.${one.name}`, item?.[one.name]);
      });
    } else
      for (const one of inner)
        check(
          field.type,
          one,
          `${field.name}.${one.name}`,
          (value as Values | undefined)?.[one.name],
        );
  }
  return mistakes;
}

/** The control at which a refusal stands: `hostCountries` for `input.hostCountries.0`. */
function placeOf({ extensions }: GraphError, fields: readonly InputField[]): string | undefined {
  const steps = (extensions?.argument ?? '').split('.').slice(1);
  const field = fields.find(({ name }) => name === steps[0]);
  if (!field) return undefined;
  return field.type in inputs ? steps.join('.') : field.name;
}

/** What the server refused, at the field that it names, or else for the whole form: at no name. */
export const describeRefusal = (error: GraphError, fields: readonly InputField[]): Mistakes =>
  new Map([[placeOf(error, fields) ?? '', describeError(error)]]);
