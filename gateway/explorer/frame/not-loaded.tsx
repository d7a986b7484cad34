import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { loadAnew } from '../client/load-anew.ts';
import { hasOutcome, Outcome } from '../parts/outcome.tsx';
import { t } from '../words/language.ts';

/** A connection that was lost for a moment is often back by then. */
const retryMs = 1000;

interface NotLoadedProps {
  readonly load: () => Promise<ComponentType>;
}

/**
 * Stands where a page’s file did not come: the connection is lost, or the hub was updated under an open tab.
 * Tries once more by itself, also in a new document, and then whenever the reader says so.
 */
export function NotLoaded({ load }: NotLoadedProps) {
  const page = useSignal<ComponentType | undefined>(undefined);
  const state = useSignal<'trying' | 'failed' | 'unreachable'>('trying');
  const loadAgain = async () => {
    state.value = 'trying';
    try {
      page.value = await load();
    } catch {
      if (hasOutcome() || !(await loadAnew())) state.value = 'failed';
    }
  };
  useEffect(() => {
    const timer = setTimeout(() => void loadAgain(), retryMs);
    return () => clearTimeout(timer);
  }, []);
  const goOn = async () => {
    await loadAgain();
    if (page.value || state.value === 'trying') return;
    // An updated hub has other files, which the document names anew. Without the hub, a reload would lose this document.
    const answer = await fetch('/pages/settings.json').catch(() => undefined);
    if (answer?.ok) location.reload();
    else state.value = 'unreachable';
  };
  if (page.value) return <page.value />;
  if (state.value === 'trying') return <p role="status">{t('frame.loading')}</p>;
  return (
    <>
      <Outcome />
      <h1>{t('frame.notLoaded')}</h1>
      <p role="status">{t(state.value === 'failed' ? 'frame.whyNotLoaded' : 'response.failed')}</p>
      <button type="button" onClick={() => void goOn()}>
        {t('frame.loadAgain')}
      </button>
    </>
  );
}
