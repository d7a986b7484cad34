import { useSignal } from '@preact/signals';
import type { ComponentChildren, TargetedSubmitEvent } from 'preact';
import { inputs } from '../../generated/inputs.ts';
import { t } from '../../words/language.ts';
import { Field } from './field.tsx';
import { type Initial, type InputField, type Option, labelOf } from './input-field.ts';
import { readForm } from './read-form.ts';
import { useIdempotencyKey } from './use-idempotency-key.ts';

/** A list of objects inside an input: as many as the reader adds. */
function NestedList({ field: { name, type, description } }: { field: InputField }) {
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

interface InputFormProps {
  /** The input type: `AcceptOfficerInput`. */
  readonly input: string;
  /** Values that are already decided. The form does not show them. */
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, readonly Option[]>> | undefined;
  readonly initial?: Initial | undefined;
  /** What the fields are called, in their order. @default their names as words */
  readonly labels?: Readonly<Record<string, string>>;
  readonly isBusy: boolean;
  readonly submitLabel: string;
  /** Told what the form has whenever the reader changes it. */
  readonly onInput?: (values: Record<string, unknown>) => void;
  readonly onSubmit: (values: Record<string, unknown>) => void;
  readonly children?: ComponentChildren;
}

/** What people say first. The schema orders all fields by their names. */
const firstFields = ['title', 'day', 'startsOn', 'endsOn', 'from', 'to'];

/** A form for an input type of the schema: its fields, their kinds and their help come from there. */
export function InputForm(props: InputFormProps) {
  const { input, fixed, options, initial, labels, isBusy, submitLabel, children } = props;
  const order = [...Object.keys(labels ?? {}), ...firstFields];
  const placeOf = ({ name }: InputField) =>
    order.includes(name) ? order.indexOf(name) : order.length;
  const fields = (inputs[input] ?? [])
    .filter((field) => !(field.name in fixed) && field.name !== 'idempotencyKey')
    .toSorted(
      (one, other) =>
        Number(other.isRequired) - Number(one.isRequired) || placeOf(one) - placeOf(other),
    );
  const createKey = useIdempotencyKey();
  const hasKey = inputs[input]?.some(({ name }) => name === 'idempotencyKey') === true;
  const read = (form: HTMLFormElement) => ({
    ...fixed,
    ...readForm(fields, new FormData(form), inputs),
  });
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = read(event.currentTarget);
    props.onSubmit(hasKey ? { ...values, idempotencyKey: createKey(values) } : values);
  };
  return (
    <form onSubmit={submit} onInput={(event) => props.onInput?.(read(event.currentTarget))}>
      {fields.map((field) =>
        field.type in inputs ? (
          <NestedList key={field.name} field={field} />
        ) : (
          <Field
            key={field.name}
            field={field}
            options={options?.[field.name]}
            initial={initial?.[field.name]}
            label={labels?.[field.name]}
          />
        ),
      )}
      {children}
      <button type="submit" disabled={isBusy}>
        {submitLabel}
      </button>
    </form>
  );
}
