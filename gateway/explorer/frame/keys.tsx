import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import type { WordKey } from '../words/language.ts';
import type { KeyList } from './key-list.tsx';

/** What follows `g`, and where it leads. Letters stay the same in all languages. */
const places: Readonly<Record<string, readonly [href: string, label: WordKey]>> = {
  h: ['/', 'frame.start'],
  t: ['/tasks', 'frame.tasks'],
  p: ['/programme', 'frame.programme'],
  n: ['/network', 'frame.network'],
  e: ['/explorer', 'frame.explorer'],
  s: ['/status', 'frame.status'],
};

const isTyping = (target: HTMLElement): boolean =>
  target.isContentEditable ||
  target.closest('input, textarea, select, dialog, .editor, [role=tablist], [role=listbox]') !==
    null;

/** Moves from row to row of a table, or from item to item of a list, to its first link or button. */
function moveInList(target: HTMLElement, step: 1 | -1): boolean {
  const item = target.closest('main tbody tr, main li');
  const next = step === 1 ? item?.nextElementSibling : item?.previousElementSibling;
  const link = next?.querySelector<HTMLElement>('a[href], button:not(:disabled)');
  link?.focus();
  return Boolean(link);
}

/** The keys of all pages: `/` searches, `?` lists them, `g` and a letter go, arrows move in lists. */
export function Keys({ search }: { search: () => void }) {
  const { route } = useLocation();
  /** The list of them, loaded when somebody asks for it. */
  const list = useSignal<{ readonly Shown: typeof KeyList } | undefined>(undefined);
  const open = async () => (list.value = { Shown: (await import('./key-list.tsx')).KeyList });
  // Until the next key or click: some need long from one key to the next.
  const isGoing = useRef(false);
  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey } = event;
      if (ctrlKey || metaKey || altKey || isTyping(target as HTMLElement)) return;
      const [href] = (isGoing.current && places[key]) || [];
      isGoing.current = key === 'g';
      if (href) route(href);
      else if (key === '/') search();
      else if (key === '?') void open();
      else if (key !== 'ArrowDown' && key !== 'ArrowUp') return;
      else if (!moveInList(target as HTMLElement, key === 'ArrowDown' ? 1 : -1)) return;
      event.preventDefault();
    };
    const stay = () => (isGoing.current = false);
    document.addEventListener('keydown', act);
    document.addEventListener('pointerdown', stay);
    return () => {
      document.removeEventListener('keydown', act);
      document.removeEventListener('pointerdown', stay);
    };
  }, []);
  if (!list.value) return null;
  const { Shown } = list.value;
  return <Shown places={places} close={() => (list.value = undefined)} />;
}
