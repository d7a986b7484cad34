import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { Dialog } from '../parts/dialog.tsx';
import { t, type WordKey } from '../words/language.ts';

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

/** After `g`, a letter leads to a page for so long, in milliseconds. */
const patienceMs = 1_500;

/** The keys of all pages: `/` searches, `?` lists them, `g` and a letter go, arrows move in lists. */
export function Keys({ search }: { search: () => void }) {
  const { route } = useLocation();
  const isOpen = useSignal(false);
  const goingUntil = useRef(0);
  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey } = event;
      if (ctrlKey || metaKey || altKey || isTyping(target as HTMLElement)) return;
      const isGoing = event.timeStamp < goingUntil.current;
      goingUntil.current = key === 'g' ? event.timeStamp + patienceMs : 0;
      const [href] = (isGoing && places[key]) || [];
      if (href) route(href);
      else if (key === '/') search();
      else if (key === '?') isOpen.value = true;
      else if (key !== 'ArrowDown' && key !== 'ArrowUp') return;
      else if (!moveInList(target as HTMLElement, key === 'ArrowDown' ? 1 : -1)) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', act);
    return () => document.removeEventListener('keydown', act);
  }, []);
  if (!isOpen.value) return null;
  const rows: readonly (readonly [keys: readonly string[], text: string])[] = [
    [['/'], t('frame.keySearch')],
    [['?'], t('frame.keyList')],
    [['↓', '↑'], t('frame.keyArrows')],
    ...Object.entries(places).map(([key, [, label]]) => [['g', key], t(label)] as const),
  ];
  return (
    <Dialog title={t('frame.keys')} close={() => (isOpen.value = false)}>
      <dl class="keys">
        {rows.map(([keys, text]) => (
          <div key={text}>
            <dt>
              {keys.map((key, index) => (
                <>
                  {index > 0 && (key === '↑' ? ' ' : ` ${t('frame.keyGo')} `)}
                  <kbd>{key}</kbd>
                </>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
