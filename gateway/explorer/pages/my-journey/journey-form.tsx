import type { ComponentChildren, TargetedSubmitEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { dropDraft, keepDraft, readDraft } from '../../parts/form/draft.ts';
import { renewEntries } from '../../parts/form/entries.ts';
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
  /** Says whether all was taken. */
  readonly onSend: (form: FormData) => Promise<boolean>;
  readonly children?: ComponentChildren;
}

/** A form on the way: few fields, what is typed stays in the tab. */
export function JourneyForm(props: FormProps) {
  const { label, isBusy, refusal, draft, initial = {}, onSend, children } = props;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const kept = draft === undefined ? undefined : readDraft(draft);
    if (!kept) return;
    for (const [name, [value = '']] of renewEntries(kept, initial)) {
      const control = form.current?.elements.namedItem(name);
      if (control && 'value' in control) control.value = value;
    }
  }, [draft]);
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
  return (
    <form
      ref={form}
      class="journey-form"
      onSubmit={(event) => void submit(event)}
      onInput={({ currentTarget }) => keep(currentTarget)}
    >
      {children}
      {refusal}
      <button type="submit" disabled={isBusy}>
        {label}
      </button>
    </form>
  );
}
