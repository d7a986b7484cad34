import type { ComponentChildren, TargetedSubmitEvent } from 'preact';
import { inputs } from '../../generated/inputs.ts';
import { Field } from './field.tsx';
import type { Initial, InputField, Option } from './input-field.ts';
import { NestedList } from './nested-list.tsx';
import { readForm } from './read-form.ts';
import { useIdempotencyKey } from './use-idempotency-key.ts';

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
