import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { inputs } from '../../generated/inputs.ts';
import { t } from '../../words/language.ts';
import { countItems } from './entries.ts';
import { Field, isAsked, orderFields } from './field.tsx';
import { addingOf, hintOf, labelOf } from './form-words.ts';
import { requireFields, type Choices, type Entries, type InputField } from './input-field.ts';

interface NestedListProps {
  readonly field: InputField;
  /** The input type that the list belongs to. */
  readonly input: string;
  readonly idStart: string;
  readonly entries: Entries;
  readonly choices: Choices;
  readonly mistakes: ReadonlyMap<string, string>;
  /** Those of its fields that nobody may leave empty, although the schema lets them out. */
  readonly required?: readonly string[] | undefined;
}

/** So many fields of an item are always seen. Several more that may stay empty are folded. */
const mostSeen = 2;

/** Objects inside an input. Of a list, as many as the reader adds; each can be taken away again. */
export function NestedList(props: NestedListProps) {
  const { field, input, idStart, entries, choices, mistakes, required } = props;
  const { name, type, isList } = field;
  const first = isList ? countItems(name, entries) : 1;
  const items = useSignal(Array.from({ length: first }, (_, item) => item));
  const next = useSignal(first);
  const hint = hintOf(name, input);
  const fieldset = useRef<HTMLFieldSetElement>(null);
  const count = items.value.length;
  const noted = useRef(count);
  useEffect(() => {
    const ownItems = fieldset.current?.querySelectorAll('.item');
    if (count > noted.current)
      ownItems?.[count - 1]?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    // An item that is taken away is not typed, but the form has to note it.
    if (count < noted.current)
      fieldset.current?.dispatchEvent(new Event('input', { bubbles: true }));
    noted.current = count;
  }, [count]);
  const asked = orderFields(requireFields(inputs[type] ?? [], required, `${name}.`)).filter(
    (inner) => isAsked(inner, choices[`${name}.${inner.name}`]),
  );
  const rest = asked.slice(mostSeen);
  const isFolded = isList && rest.length > 1 && rest.every(({ isRequired }) => !isRequired);
  const adding = addingOf(name);

  const fieldOf = (start: string, inner: InputField) => (
    <Field
      key={inner.name}
      field={inner}
      name={`${start}.${inner.name}`}
      input={type}
      idStart={idStart}
      options={choices[`${name}.${inner.name}`]}
      given={entries.get(`${start}.${inner.name}`)}
      mistake={mistakes.get(`${start}.${inner.name}`)}
    />
  );
  return (
    <fieldset ref={fieldset} class="nested">
      <legend>{labelOf(name, input)}</legend>
      {hint && <p class="help">{hint}</p>}
      {items.value.map((item, index) => {
        const start = isList ? `${name}.${item}` : name;
        return (
          <div
            key={item}
            class="item"
            role="group"
            aria-label={`${labelOf(name, input)} ${index + 1}`}
          >
            {(isFolded ? asked.slice(0, mostSeen) : asked).map((inner) => fieldOf(start, inner))}
            {isFolded && (
              <details
                class="more"
                open={rest.some((inner) => mistakes.has(`${start}.${inner.name}`))}
              >
                <summary>
                  {t('form.more')}
                  <span class="unseen">
                    : {labelOf(name, input)} {index + 1}
                  </span>
                </summary>
                {rest.map((inner) => fieldOf(start, inner))}
              </details>
            )}
            {isList && (
              <button
                type="button"
                class="quiet"
                onClick={() => (items.value = items.value.filter((one) => one !== item))}
              >
                {t('form.removeItem')}
                <span class="unseen">
                  : {labelOf(name, input)} {index + 1}
                </span>
              </button>
            )}
          </div>
        );
      })}
      {isList && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            items.value = [...items.value, next.value];
            next.value += 1;
          }}
        >
          {adding ?? (
            <>
              {t('form.add')}
              <span class="unseen">: {labelOf(name, input)}</span>
            </>
          )}
        </button>
      )}
    </fieldset>
  );
}
