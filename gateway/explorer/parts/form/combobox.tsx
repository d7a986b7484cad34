import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { formatNumber, t } from '../../words/language.ts';
import type { ControlProps, Option } from './input-field.ts';

/** More would not help anybody to find one. */
const mostShown = 50;

const simple = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();

const wordsOf = (text: string): readonly string[] =>
  simple(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** The options in which each word of the text begins some word. */
export function findOptions(options: readonly Option[], text: string): readonly Option[] {
  const words = wordsOf(text);
  return options.filter(({ label, hint }) => {
    const own = wordsOf(`${label} ${hint ?? ''}`);
    return words.every((word) => own.some((one) => one.startsWith(word)));
  });
}

interface ListProps {
  readonly id: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly active: number;
  readonly choose: (option: Option) => void;
}

function List({ id, label, options, active, choose }: ListProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active]);
  return (
    <ul ref={list} id={id} role="listbox" aria-label={label} class="options">
      {options.map((option, index) => (
        <li
          key={option.value}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          // Before the text loses the focus.
          onMouseDown={(event) => {
            event.preventDefault();
            choose(option);
          }}
        >
          {option.label}
          {option.hint && <span class="soft"> {option.hint}</span>}
        </li>
      ))}
      {options.length === 0 && <li class="soft">{t('form.noneFound')}</li>}
    </ul>
  );
}

/** The values that are chosen, each with a button to take it away. */
function Chosen(props: { options: readonly Option[]; remove: (value: string) => void }) {
  if (props.options.length === 0) return null;
  return (
    <ul class="chosen">
      {props.options.map(({ value, label }) => (
        <li key={value}>
          {label}{' '}
          <button
            type="button"
            class="quiet"
            aria-label={t('form.remove', { what: label })}
            onClick={() => props.remove(value)}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}

/**
 * Chooses by name from many: a combobox with a list, after the ARIA pattern. The form gets the values;
 * nobody sees them.
 */
export function Combobox({ field, name, given, id, options = [], label, ...shared }: ControlProps) {
  const only = field.isRequired && options.length === 1 ? options : [];
  const values = useSignal<readonly string[]>(given ?? only.map(({ value }) => value));
  const chosen = options.filter(({ value }) => values.value.includes(value));
  const text = useSignal(field.isList ? '' : (chosen[0]?.label ?? ''));
  const isOpen = useSignal(false);
  const active = useSignal(-1);
  const input = useRef<HTMLInputElement>(null);
  const isFirst = useRef(true);
  // What waits for these values is told as by any other control.
  useEffect(() => {
    if (!isFirst.current) input.current?.dispatchEvent(new Event('input', { bubbles: true }));
    isFirst.current = false;
  }, [values.value]);
  const isTyped = text.value !== (chosen[0]?.label ?? '') || field.isList;
  const found = findOptions(
    options.filter(({ value }) => !field.isList || !values.value.includes(value)),
    isTyped ? text.value : '',
  );
  const shown = found.slice(0, mostShown);
  const choose = ({ value, label: name }: Option) => {
    values.value = field.isList ? [...values.value, value] : [value];
    text.value = field.isList ? '' : name;
    isOpen.value = false;
    active.value = -1;
  };
  const leave = () => {
    isOpen.value = false;
    active.value = -1;
    if (field.isList) return;
    const exact = options.find(({ label: one }) => simple(one) === simple(text.value.trim()));
    if (exact) values.value = [exact.value];
    else if (text.value.trim() === '') values.value = [];
    else text.value = options.find(({ value }) => values.value.includes(value))?.label ?? '';
  };
  const move = (step: number) => {
    isOpen.value = true;
    active.value = (active.value + step + shown.length) % Math.max(1, shown.length);
  };
  const press = (event: KeyboardEvent) => {
    const option = shown[active.value];
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(active.value < 0 ? 0 : -1);
    else if (event.key === 'Enter' && isOpen.value && option) choose(option);
    else if (event.key === 'Escape' && isOpen.value) isOpen.value = false;
    else return;
    event.preventDefault();
  };
  const list = `${id}-list`;
  return (
    <div class="combobox">
      {field.isList && (
        <Chosen
          options={chosen}
          remove={(gone) => (values.value = values.value.filter((value) => value !== gone))}
        />
      )}
      <input
        {...shared}
        ref={input}
        id={id}
        type="text"
        role="combobox"
        autocomplete="off"
        aria-autocomplete="list"
        aria-expanded={isOpen.value}
        aria-controls={isOpen.value ? list : undefined}
        aria-activedescendant={
          isOpen.value && active.value >= 0 ? `${list}-${active.value}` : undefined
        }
        placeholder={t('form.search')}
        value={text.value}
        onInput={({ currentTarget, isTrusted }) => {
          if (!isTrusted) return;
          text.value = currentTarget.value;
          isOpen.value = true;
          active.value = -1;
        }}
        onClick={() => (isOpen.value = true)}
        onKeyDown={press}
        onBlur={leave}
      />
      {isOpen.value && (
        <List id={list} label={label} options={shown} active={active.value} choose={choose} />
      )}
      <span class="unseen" role="status">
        {isOpen.value && t('form.found', { number: formatNumber(found.length) })}
      </span>
      {values.value.map((value) => (
        <input key={value} type="hidden" name={name} value={value} />
      ))}
    </div>
  );
}
