import type { ComponentChildren, TargetedSubmitEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ConflictNote } from '../../parts/form/conflict-note.tsx';
import { dropDraft, keepDraft, readDraft } from '../../parts/form/draft.ts';
import { findContended, renewEntries, type Entry } from '../../parts/form/entries.ts';
import type { Values } from '../../parts/form/input-field.ts';

/** True if something was typed into this form and not sent yet. */
export const hasDraft = (draft: string): boolean => readDraft(draft) !== undefined;

interface FormProps {
  readonly label: string;
  readonly isBusy: boolean;
  readonly refusal: ComponentChildren;
  /** Under what the entries are kept until they are sent. */
  readonly draft?: string;
  /** The record as the form shows it: what was not typed follows it. */
  readonly initial?: Values;
  /** What its fields are called. */
  readonly nameOf?: (name: string) => string;
  /** Says whether all was taken. */
  readonly onSend: (form: FormData) => Promise<boolean>;
  readonly children?: ComponentChildren;
}

const textOf = ([entry]: readonly Entry[]): string => entry?.[1][0] ?? '';

/** A form on the way: few fields, what is typed stays in the tab. */
export function JourneyForm(props: FormProps) {
  const { label, isBusy, refusal, draft, initial = {}, nameOf = String, onSend, children } = props;
  const form = useRef<HTMLFormElement>(null);
  const [kept] = useState(() => (draft === undefined ? undefined : readDraft(draft)));
  const [contended, setContended] = useState(() => (kept ? findContended(kept, initial) : []));
  const write = (name: string, value: string) => {
    const control = form.current?.elements.namedItem(name);
    if (!control || !('value' in control)) return;
    control.value = value;
    return control as unknown as HTMLElement;
  };
  useEffect(() => {
    if (!kept) return;
    for (const [name, [value = '']] of renewEntries(kept, initial)) write(name, value);
  }, []);
  const keep = (typed: HTMLFormElement) => {
    if (draft === undefined) return;
    const entries = [...new FormData(typed)].map(
      ([name, value]) => [name, [String(value)]] as const,
    );
    keepDraft(draft, { entries: new Map(entries), base: initial });
  };
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const isSent = await onSend(new FormData(event.currentTarget));
    if (isSent && draft !== undefined) dropDraft(draft);
  };
  const isOlder = kept?.base && JSON.stringify(kept.base) !== JSON.stringify(initial);
  const versions = contended.map(({ name, typed, after }) => ({
    name,
    label: nameOf(name),
    saved: textOf(after),
    own: textOf(typed),
    take: () => {
      write(name, textOf(after))?.focus();
      if (form.current) keep(form.current);
      setContended(contended.filter((one) => one.name !== name));
    },
  }));
  return (
    <form
      ref={form}
      class="journey-form"
      onSubmit={(event) => void submit(event)}
      onInput={({ currentTarget }) => keep(currentTarget)}
    >
      {children}
      {isOlder ? (
        <ConflictNote before={kept.base} after={initial} nameOf={nameOf} versions={versions} />
      ) : (
        refusal
      )}
      <button type="submit" disabled={isBusy}>
        {label}
      </button>
    </form>
  );
}
