import { useSignal } from '@preact/signals';
import { inputs } from '../../generated/inputs.ts';
import { t } from '../../words/language.ts';
import { Field } from './field.tsx';
import { labelOf, type InputField } from './input-field.ts';

/** A list of objects inside an input: as many as the reader adds. */
export function NestedList({ field: { name, type, description } }: { field: InputField }) {
  const count = useSignal(0);
  const fields = inputs[type] ?? [];
  return (
    <fieldset class="nested">
      <legend>{labelOf(name)}</legend>
      <p class="help" lang="en">
        {description}
      </p>
      {Array.from({ length: count.value }, (_, item) => (
        <div key={item} class="item">
          {fields.map((inner) => (
            <Field
              key={inner.name}
              // An item that stays empty is left out, so none of its fields is required.
              field={{ ...inner, name: `${name}.${item}.${inner.name}`, isRequired: false }}
              label={`${item + 1}. ${labelOf(inner.name)}`}
            />
          ))}
        </div>
      ))}
      <button type="button" class="quiet" onClick={() => (count.value += 1)}>
        {t('form.add')}
      </button>
    </fieldset>
  );
}
