import { useSignal } from '@preact/signals';
import { Fragment, type ComponentChildren, type TargetedSubmitEvent } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { GraphError } from '../../client/send-operation.ts';
import { inputs } from '../../generated/inputs.ts';
import { t } from '../../words/language.ts';
import { Loading } from '../loading.tsx';
import { ConflictNote, showValue } from './conflict-note.tsx';
import { keepDraft, readDraft } from './draft.ts';
import {
  changesOf,
  entriesOf,
  findContended,
  listTyped,
  readForm,
  renewEntries,
  takeSaved,
  type Entry,
} from './entries.ts';
import { choicesOf, Field, idOf, isAsked, orderFields } from './field.tsx';
import { labelOf, sectionOf, useFormWords } from './form-words.ts';
import { requireFields, type Choices, type InputField, type Values } from './input-field.ts';
import { describeRefusal, findMistakes, type Mistakes } from './mistakes.ts';
import { NestedList } from './nested-list.tsx';
import { useIdempotencyKey } from './use-idempotency-key.ts';

interface InputFormProps {
  /** The input type: `AcceptOfficerInput`. */
  readonly input: string;
  /** Values that are already decided. The form does not show them. */
  readonly fixed: Values;
  /** The fields that it shows, in their order. @default all that are not fixed, required ones first */
  readonly fields?: readonly string[] | undefined;
  /** The field with which each part of a long form begins, and the name of its heading. */
  readonly sections?: Readonly<Record<string, string>> | undefined;
  /** Those that nobody may leave empty, although the schema lets them out. */
  readonly required?: readonly string[] | undefined;
  readonly choices?: Choices | undefined;
  /** Fields whose choices are typed in the same form, and where: `journeys.from` at `sides.name`. */
  readonly typed?: Readonly<Record<string, string>> | undefined;
  readonly initial?: Values | undefined;
  /** Sends only what differs from `initial`, as changes of a record do. @default false */
  readonly sendsChanges?: boolean | undefined;
  /** Under what the entries are kept until they are sent: the address of the form. */
  readonly draft: string;
  readonly isBusy: boolean;
  readonly submitLabel: string;
  /** What it does cannot be undone. @default false */
  readonly isFinal?: boolean | undefined;
  /** The record as the form showed it, and as it is now: somebody else has changed it. */
  readonly conflict?: { readonly before: object; readonly after: object } | undefined;
  /** What the server refused. */
  readonly refused?: GraphError | undefined;
  /** Told what the form has whenever the reader changes it. */
  readonly onInput?: ((values: Record<string, unknown>) => void) | undefined;
  readonly onSubmit: (values: Record<string, unknown>) => void;
  readonly children?: ComponentChildren;
}

function listFields(props: InputFormProps): readonly InputField[] {
  const { input, fixed, fields, required, choices = {} } = props;
  const asked = (inputs[input] ?? [])
    .filter(({ name }) => !(name in fixed) && name !== 'idempotencyKey')
    .filter((field) => isAsked(field, choices[field.name]));
  const all = requireFields(asked, required);
  if (fields) return fields.flatMap((name) => all.find((field) => field.name === name) ?? []);
  return orderFields(all);
}

interface SummaryProps {
  readonly mistakes: Mistakes;
  readonly idStart: string;
  /** What it says first. @default that nothing was saved */
  readonly title?: string | undefined;
}

/** All that is wrong, each with a link to its field. It has the focus if it stands for no single field. */
export function Summary({ mistakes, idStart, title = t('form.notSent') }: SummaryProps) {
  const summary = useRef<HTMLDivElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (mistakes.size === 0) return;
    const [only] = mistakes.size === 1 ? mistakes.keys() : [];
    const control = only ? document.getElementById(idOf(idStart, only)) : null;
    (control ?? summary.current)?.focus();
  }, [mistakes]);
  if (mistakes.size === 0) return null;
  return (
    <div ref={summary} class="mistakes" role="alert" tabIndex={-1} aria-labelledby={titleId}>
      <h2 id={titleId}>{title}</h2>
      <ul>
        {[...mistakes].map(([name, text]) => (
          <li key={name}>
            {name === '' ? (
              text
            ) : (
              <a
                href={`#${idOf(idStart, name)}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(idOf(idStart, name))?.focus();
                }}
              >
                {text}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

const noMistakes: Mistakes = new Map();

/** What a form begins with, the record that this was typed over, and what both have changed. */
function openDraft(draft: string, initial: Values) {
  const kept = readDraft(draft);
  if (!kept) return { entries: entriesOf(initial), base: initial, contended: [] };
  const { base = initial } = kept;
  return {
    entries: renewEntries(kept, initial),
    base,
    contended: findContended({ ...kept, base }, initial),
  };
}

/** A field, `set.mailbox` too, with the input type that it belongs to. */
function findField(input: string, key: string): { field?: InputField; of: string } {
  const [first, ...inner] = key.split('.').filter((step) => !/^\d+$/.test(step));
  const field = inputs[input]?.find(({ name }) => name === first);
  if (field && field.type in inputs && inner.length > 0)
    return findField(field.type, inner.join('.'));
  return { ...(field && { field }), of: input };
}

/** What was typed or saved, as the controls show it. */
const showEntries = (entries: readonly Entry[], input: string, choices: Choices): string =>
  entries
    .flatMap(([key, texts]) => {
      const { field } = findField(input, key);
      const options = field && choicesOf(field, choices[key.replaceAll(/\.\d+/g, '')]);
      return texts.map(
        (text) => options?.find(({ value }) => value === text)?.label ?? showValue(text, key),
      );
    })
    .join(', ');

/**
 * A form for an input type of the schema. Its words come from the texts, in the reader’s language. When
 * the record has changed, it begins anew: with what the reader has typed, and else with what is there.
 */
export function InputForm(props: InputFormProps) {
  /** What the reader took of what somebody else has saved. */
  const taken = useSignal<readonly string[]>([]);
  return (
    <FormOfRecord
      key={JSON.stringify([props.initial, taken.value])}
      {...props}
      taken={taken.value.at(-1)}
      onTake={(name) => (taken.value = [...taken.value, name])}
    />
  );
}

interface FormOfRecordProps extends InputFormProps {
  /** The field that the reader took last. It has the focus. */
  readonly taken: string | undefined;
  readonly onTake: (name: string) => void;
}

function FormOfRecord(props: FormOfRecordProps) {
  const { input, fixed, initial = {}, draft, isBusy, submitLabel, refused, required } = props;
  const { sections = {}, typed = {} } = props;
  const fields = listFields(props);
  const idStart = useId();
  const areWordsHere = useFormWords();
  const createKey = useIdempotencyKey();
  const opened = useRef<ReturnType<typeof openDraft>>(undefined);
  opened.current ??= openDraft(draft, initial);
  const { entries, base, contended } = opened.current;
  const listAllTyped = (now: Parameters<typeof listTyped>[1]): Choices =>
    Object.fromEntries(
      Object.entries(typed).map(([field, source]) => [field, listTyped(source, now)]),
    );
  const typedChoices = useSignal(JSON.stringify(listAllTyped(entries)));
  const choices = { ...props.choices, ...(JSON.parse(typedChoices.value) as Choices) };
  const isOlder = JSON.stringify(base) !== JSON.stringify(initial);
  const conflict = props.conflict ?? (isOlder ? { before: base, after: initial } : undefined);
  const found = useSignal<Mistakes>(noMistakes);
  useEffect(() => {
    found.value = refused ? describeRefusal(refused, fields) : noMistakes;
  }, [refused]);
  // What the form does not show now, for lack of choices, stays as it is.
  const ofSchema = (inputs[input] ?? []).filter(({ name }) =>
    fields.some((field) => field.name === name),
  );
  const hasKey = inputs[input]?.some(({ name }) => name === 'idempotencyKey') === true;
  const read = (form: HTMLFormElement) => readForm(fields, new FormData(form), inputs);
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const own = read(event.currentTarget);
    const form = new FormData(event.currentTarget);
    found.value = findMistakes(input, fields, own, form, required);
    if (found.value.size > 0) return;
    const values = { ...fixed, ...(props.sendsChanges ? changesOf(ofSchema, initial, own) : own) };
    props.onSubmit(hasKey ? { ...values, idempotencyKey: createKey(values) } : values);
  };
  const note = (form: HTMLFormElement) => {
    const own = read(form);
    keepDraft(draft, { entries: entriesOf(own), base: initial });
    typedChoices.value = JSON.stringify(listAllTyped(new FormData(form)));
    props.onInput?.({ ...fixed, ...own });
  };
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // What was kept decides as well what there is to choose.
    if (element.current) props.onInput?.({ ...fixed, ...read(element.current) });
    if (props.taken !== undefined) document.getElementById(idOf(idStart, props.taken))?.focus();
  }, [areWordsHere]);
  const versions = contended.map((one) => ({
    name: one.name,
    label: labelOf(one.name, findField(input, one.name).of),
    saved: showEntries(one.after, input, choices),
    own: showEntries(one.typed, input, choices),
    take: () => {
      const own = element.current ? entriesOf(read(element.current)) : entries;
      keepDraft(draft, { entries: takeSaved(own, one), base });
      props.onTake(one.name);
    },
  }));
  if (!areWordsHere) return <Loading />;
  return (
    <form
      ref={element}
      class="input-form"
      noValidate
      onSubmit={submit}
      onInput={({ currentTarget }) => note(currentTarget)}
    >
      {conflict && <ConflictNote {...conflict} versions={versions} />}
      <Summary mistakes={found.value} idStart={idStart} />
      {fields.map((field) => (
        <Fragment key={field.name}>
          {field.name in sections && (
            <h2 id={`part-${sections[field.name]}`} tabIndex={-1}>
              {sectionOf(sections[field.name])}
            </h2>
          )}
          {field.type in inputs ? (
            <NestedList
              {...{ field, input, idStart, choices, required }}
              entries={entries}
              mistakes={found.value}
            />
          ) : (
            <Field
              {...{ field, input, idStart }}
              name={field.name}
              options={choices[field.name]}
              given={entries.get(field.name)}
              mistake={found.value.get(field.name)}
            />
          )}
        </Fragment>
      ))}
      {props.children}
      <button type="submit" class={props.isFinal ? 'final' : undefined} disabled={isBusy}>
        {submitLabel}
      </button>
    </form>
  );
}
