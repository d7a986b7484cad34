import { useSignal } from '@preact/signals';
import { t, type WordKey } from '../words/language.ts';

/** Copies a text, and says whether that worked. */
export function CopyButton({ label, text }: { label: WordKey; text: () => string }) {
  const outcome = useSignal<WordKey | undefined>(undefined);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      outcome.value = 'frame.copied';
    } catch {
      // Without HTTPS a browser has no clipboard, and a reader may forbid it.
      outcome.value = 'frame.notCopied';
    }
    setTimeout(() => (outcome.value = undefined), 3_000);
  };
  return (
    <>
      <button type="button" class="quiet" onClick={() => void copy()}>
        {t(label)}
      </button>
      <span role="status" class="outcome">
        {outcome.value ? t(outcome.value) : ''}
      </span>
    </>
  );
}
