import { signal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../words/language.ts';

/** An address where something is undone, and what it is about where there are several. */
export interface Undo {
  readonly href: string;
  readonly name?: string;
}

interface Done {
  readonly text: string;
  readonly waysBack: readonly Undo[];
  /** The ids of what it was about. The first of them that the page shows gets the focus. */
  readonly about: readonly string[];
  /** Whether the focus is already where the reader goes on. */
  readonly isQuiet: boolean;
}

const done = signal<Done | undefined>(undefined);

/** Tells on the page that opens next what was done, and how to undo it. */
export function tell(text: string, more: Partial<Omit<Done, 'text'>> = {}): void {
  done.value = { text, waysBack: [], about: [], isQuiet: false, ...more };
}

/** Whether something was done that the reader has to be told. A new document would not know it. */
export const hasOutcome = (): boolean => done.peek() !== undefined;

/** The ids among what was sent: what was done is about them. */
export const idsOf = (...values: readonly unknown[]): readonly string[] =>
  values.filter((value): value is string => typeof value === 'string' && value.includes(':'));

/** What the page shows of each record, by its id. Not in the document: ids of people stay out of it. */
const shown = new Map<string, HTMLElement>();

/** Says which record an element shows. */
export const showing =
  (id: string) =>
  (element: HTMLElement | null): void => {
    if (element) shown.set(id, element);
    else shown.delete(id);
  };

/** The line of what was done, in the order of its ids. */
const findRecord = (about: readonly string[]): HTMLElement | undefined => {
  const found = about.flatMap((id) => shown.get(id) ?? [])[0];
  return found?.closest<HTMLElement>('tr, li') ?? found;
};

/** Gives the focus to what was changed, and says of it what was done. */
function showRecord(record: HTMLElement, note: string): void {
  record.tabIndex = -1;
  record.classList.add('changed');
  record.setAttribute('aria-describedby', note);
  record.focus();
}

/** Gives the focus to the note, and to what was changed as soon as the page shows it. */
function followRecord({ about, isQuiet }: Done, note: HTMLElement | null): () => void {
  const look = () => {
    const record = findRecord(about);
    // Who has gone on meanwhile is left alone.
    const isFree = [note, document.body, null].includes(document.activeElement as HTMLElement);
    if (record && note && isFree) showRecord(record, note.id);
    if (record) observer.disconnect();
  };
  const observer = new MutationObserver(look);
  // After the page has given the focus to its content.
  const timer = setTimeout(() => {
    if (isQuiet) return;
    note?.focus();
    observer.observe(document.body, { childList: true, subtree: true });
    look();
  });
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}

/** What was done last, on the page where it now stands, with the focus on what was changed. */
export function Outcome() {
  const note = useRef<HTMLDivElement>(null);
  const id = useId();
  const current = done.value;
  useEffect(() => {
    if (!current) return undefined;
    const here = location.href;
    const leave = followRecord(current, note.current);
    return () => {
      leave();
      if (location.href !== here) done.value = undefined;
    };
  }, [current]);
  if (!current) return null;
  return (
    <div ref={note} id={id} class="outcome" role="status" tabIndex={-1}>
      <p>
        <span aria-hidden="true">✓</span> {current.text}{' '}
        {current.waysBack.map(({ href, name }, index) => (
          <>
            {index > 0 && ' · '}
            <a href={href}>{name === undefined ? t('form.undo') : `${t('form.undo')}: ${name}`}</a>
          </>
        ))}
      </p>
    </div>
  );
}
