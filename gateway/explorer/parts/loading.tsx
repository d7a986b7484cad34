import { useEffect, useState } from 'preact/hooks';
import { t } from '../words/language.ts';

/** Shown from the first tenth of a second on, so that a fast response does not flicker. */
const delayMs = 100;

export function Loading() {
  const [isShown, show] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => show(true), delayMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p class="loading" role="status">
      {isShown ? t('frame.loading') : ''}
    </p>
  );
}
