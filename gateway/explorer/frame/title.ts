import { useEffect } from 'preact/hooks';
import { t } from '../words/language.ts';

/** Names the document after what it shows, as soon as that is known. */
export function useTitle(name: string | undefined): void {
  useEffect(() => {
    if (name === undefined) return undefined;
    const before = document.title;
    document.title = `${name} · ${t('frame.title')}`;
    return () => (document.title = before);
  }, [name]);
}
