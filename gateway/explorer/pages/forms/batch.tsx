import { useSignal } from '@preact/signals';
import type { TargetedSubmitEvent } from 'preact';
import { useLocation } from 'preact-iso';
import { useId } from 'preact/hooks';
import type { GraphError } from '../../client/send-operation.ts';
import { inputs } from '../../generated/inputs.ts';
import { describeError } from '../../parts/completeness.tsx';
import { dropDraft, keepDraft, readDraft } from '../../parts/form/draft.ts';
import { entriesOf, readForm } from '../../parts/form/entries.ts';
import { Field } from '../../parts/form/field.tsx';
import { loadRefusals } from '../../parts/form/form-words.ts';
import type { Choices, Values } from '../../parts/form/input-field.ts';
import { Summary } from '../../parts/form/input-form.tsx';
import { describeRefusal, findMistakes, type Mistakes } from '../../parts/form/mistakes.ts';
import { useIdempotencyKey } from '../../parts/form/use-idempotency-key.ts';
import { tell, type Undo } from '../../parts/outcome.tsx';
import { t } from '../../words/language.ts';
import { Everybody, Person, reasonOf, type BatchColumn, type BatchRow } from './batch-people.tsx';

/** What the reader chose for one person in one column. */
export interface Change {
  readonly row: string;
  readonly column: string;
  readonly value: string;
  readonly reason: string | undefined;
}

/** Some of what was chosen, with what is asked once for all. */
export interface Sent {
  readonly changes: readonly Change[];
  readonly values: Values;
  readonly idempotencyKey: string;
}

/** What became of one change: why it was refused, as the graph says it of an item. */
export interface Result {
  readonly refusal: {
    readonly message: string;
    readonly code: string;
    readonly rule: string | null;
    readonly situation: string | null;
    readonly argument: string | null;
  } | null;
}

/** One result for each change, in their order; none, and an error, if all were refused. */
export interface Outcome {
  readonly results: readonly Result[] | undefined;
  readonly errors: readonly GraphError[];
}

interface BatchProps {
  readonly rows: readonly BatchRow[];
  readonly columns: readonly BatchColumn[];
  /** The choices that need a reason. It can be written for each person, whatever is chosen. */
  readonly needReason?: readonly string[];
  /** The input type that has what is asked once for all, and these fields of it. */
  readonly input: string;
  readonly fields: readonly string[];
  readonly choices?: Choices;
  readonly submitLabel: string;
  /** What it says where nobody is left. */
  readonly empty: string;
  readonly refetch: () => void;
  readonly onSend: (sent: Sent) => Promise<Outcome>;
  /** Where what was written of one person is undone. @default nowhere */
  readonly undoOf?: (change: Change) => string;
}

/** The graph takes no more at once. */
const most = 50;

const refusalOf = ({ refusal }: Result): string | undefined => {
  if (!refusal) return undefined;
  const { message, code, rule, situation, argument } = refusal;
  const known = {
    ...(rule !== null && { rule }),
    ...(situation !== null && { situation }),
    ...(argument !== null && { argument }),
  };
  return describeError({ message, extensions: { code, ...known } });
};

const nameOf = ({ row, column }: Change): string => `${row} ${column}`;

/** The control at which the refusal of a change stands. */
const placeOf = (change: Change, { refusal }: Result): string =>
  refusal?.argument?.endsWith('.reason') ? reasonOf(change.row) : nameOf(change);

/** What a form has now, by the names of its controls. */
const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

/** Several people at once: for each what changes, one date for all, and why some were refused. */
export function Batch(props: BatchProps) {
  const { rows, columns, needReason, input, choices = {}, refetch, onSend, undoOf } = props;
  const { url: draft } = useLocation();
  const isBusy = useSignal(false);
  const createKey = useIdempotencyKey();
  const idStart = useId();
  const mistakes = useSignal<Mistakes>(new Map());
  /** What the summary of the mistakes says first, where some changes are written. */
  const title = useSignal<string | undefined>(undefined);
  /** Begins anew after each sending: what is written is chosen no more. */
  const round = useSignal(0);
  const kept = readDraft(draft)?.entries;
  const fields = (inputs[input] ?? []).filter(({ name }) => props.fields.includes(name));
  const changesOf = (form: FormData): Change[] =>
    rows.flatMap(({ id: row }) =>
      columns.flatMap(({ key: column }) => {
        const value = textOf(form, `${row} ${column}`);
        const reason = textOf(form, reasonOf(row)) || undefined;
        return value === '' ? [] : [{ row, column, value, reason }];
      }),
    );
  const nameOfRow = (row: string): string => rows.find(({ id }) => id === row)?.name ?? '';
  const findUnexplained = (changes: readonly Change[]) =>
    changes
      .filter(({ value, reason }) => needReason?.includes(value) && reason === undefined)
      .map(({ row }) => {
        const label = `${nameOfRow(row)}, ${t('form.reasonIfNot')}`;
        return [reasonOf(row), t('form.missing', { label })] as const;
      });
  const listWaysBack = (change: Change): readonly Undo[] =>
    undoOf ? [{ href: undoOf(change), name: nameOfRow(change.row) }] : [];
  const keep = (changes: readonly Change[], values: Values) =>
    keepDraft(draft, {
      entries: new Map([
        ...entriesOf(values),
        ...changes.map((change) => [nameOf(change), [change.value]] as const),
        ...changes.map(({ row, reason = '' }) => [reasonOf(row), [reason]] as const),
      ]),
    });
  const settle = (changes: readonly Change[], results: readonly Result[], values: Values) => {
    const left = changes.filter((_, index) => results[index]?.refusal !== null);
    const written = changes.length - left.length;
    const refusals = changes.flatMap((change, index) => {
      const result = results[index];
      const text = result && refusalOf(result);
      const { title: column = '' } = columns.find(({ key }) => key === change.column) ?? {};
      return text
        ? [[placeOf(change, result), `${nameOfRow(change.row)}, ${column}: ${text}`] as const]
        : [];
    });
    mistakes.value = new Map([...mistakes.value, ...refusals]);
    if (left.length > 0) keep(left, values);
    else dropDraft(draft);
    if (written > 0)
      tell(t('form.batchDone', { written, all: changes.length }), {
        waysBack: changes.filter((change) => !left.includes(change)).flatMap(listWaysBack),
        isQuiet: left.length > 0, // What is wrong with the rest has the focus.
      });
    title.value = written > 0 ? t('form.batchPart', { written, all: changes.length }) : undefined;
    if (results.length > 0) round.value += 1;
    refetch();
  };
  const sendAll = async (changes: readonly Change[], values: Values) => {
    const results: Result[] = [];
    isBusy.value = true;
    for (let start = 0; start < changes.length; start += most) {
      const part = changes.slice(start, start + most);
      const idempotencyKey = createKey([part, values, round.value]);
      const sent = await onSend({ changes: part, values, idempotencyKey });
      results.push(...(sent.results ?? []));
      if (sent.errors.length > 0 || sent.results?.some(({ refusal }) => refusal))
        await loadRefusals();
      const [error] = sent.errors;
      if (sent.results || !error) continue;
      mistakes.value = describeRefusal(error, fields);
      break;
    }
    isBusy.value = false;
    settle(changes, results, values);
  };
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const values = readForm(fields, form, inputs);
    const changes = changesOf(form);
    title.value = undefined;
    mistakes.value =
      changes.length === 0
        ? new Map([['', t('form.noneChosen')]])
        : new Map([...findMistakes(input, fields, values, form), ...findUnexplained(changes)]);
    if (mistakes.value.size === 0) void sendAll(changes, values);
  };
  const note = (form: FormData) => keep(changesOf(form), readForm(fields, form, inputs));
  const summary = <Summary mistakes={mistakes.value} idStart={idStart} title={title.value} />;
  if (rows.length === 0)
    return (
      <>
        {summary}
        <p>{props.empty}</p>
      </>
    );
  return (
    <form
      key={round.value}
      class="input-form"
      noValidate
      onSubmit={submit}
      onInput={({ currentTarget }) => note(new FormData(currentTarget))}
    >
      {summary}
      {rows.length > 1 && <Everybody columns={columns} asksReason={needReason !== undefined} />}
      {rows.map((row) => (
        <Person
          key={row.id}
          {...{ row, columns, idStart, kept }}
          asksReason={needReason !== undefined}
          mistakes={mistakes.value}
        />
      ))}
      {fields.map((field) => (
        <Field
          key={field.name}
          {...{ field, input, idStart }}
          name={field.name}
          options={choices[field.name]}
          given={kept?.get(field.name)}
          mistake={mistakes.value.get(field.name)}
        />
      ))}
      <button type="submit" disabled={isBusy.value}>
        {props.submitLabel}
      </button>
    </form>
  );
}
