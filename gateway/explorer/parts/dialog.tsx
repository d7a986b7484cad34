import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../words/language.ts';

/** Only a dialog that was closed gives the focus back. Without a place of before, the page gets it. */
function bringBack(before: Element | null): void {
  if (document.activeElement !== document.body) return;
  const isPlace = before instanceof HTMLElement && before !== document.body;
  (isPlace ? before : document.getElementById('content'))?.focus();
}

/** A dialog over the page. The browser keeps the focus in it, and Escape closes it. */
export function Dialog(props: { title: string; close: () => void; children: ComponentChildren }) {
  const { title, close, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    const text = before?.textContent;
    const isSame = () => before?.isConnected === true && before.textContent === text;
    dialog.current?.showModal();
    return () => void requestAnimationFrame(() => bringBack(isSame() ? before : null));
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={close}>
      <div class="dialog-top">
        <h2 id={id}>{title}</h2>
        <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
          {t('frame.close')}
        </button>
      </div>
      {children}
    </dialog>
  );
}
