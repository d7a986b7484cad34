import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../words/language.ts';

interface Done {
  readonly text: string;
  /** The address where it is undone. */
  readonly undo: string | undefined;
}

const done = signal<Done | undefined>(undefined);

/** Tells on the page that opens next what was done, and how to undo it. */
export function tell(text: string, undo?: string): void {
  done.value = { text, undo };
}

/** What was done last, with the focus on it, on the page where it now stands. */
export function Outcome() {
  const note = useRef<HTMLDivElement>(null);
  const current = done.value;
  useEffect(() => {
    if (!current) return undefined;
    const here = location.href;
    // After the page has given the focus to its content.
    const timer = setTimeout(() => note.current?.focus());
    return () => {
      clearTimeout(timer);
      if (location.href !== here) done.value = undefined;
    };
  }, [current]);
  if (!current) return null;
  return (
    <div ref={note} class="outcome" role="status" tabIndex={-1}>
      <p>
        <span aria-hidden="true">✓</span> {current.text}{' '}
        {current.undo && <a href={current.undo}>{t('form.undo')}</a>}
      </p>
    </div>
  );
}
