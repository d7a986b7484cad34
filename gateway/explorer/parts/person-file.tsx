import { useSignal } from '@preact/signals';
import { callRoute } from '../client/call-route.ts';
import { language, t } from '../words/language.ts';
import { fileNameOf, saveFile } from './files/save-file.ts';

/** Saves all that the organisations hold about a person: to read and print, or with their signatures. */
export function PersonFile({ id, name = '' }: { id: string; name?: string | null }) {
  const error = useSignal<string | undefined>(undefined);
  const isBusy = useSignal(false);
  const save = async (ending: 'html' | 'json') => {
    isBusy.value = true;
    const own = ending === 'html' ? `&language=${language.value}` : '';
    const path = `/export/person.${ending}?id=${encodeURIComponent(id)}&partial=true${own}`;
    const result = await callRoute(path);
    error.value = result.error;
    if (result.response) saveFile(`${fileNameOf(id)}.${ending}`, await result.response.blob());
    isBusy.value = false;
  };
  return (
    <div class="files">
      {(['page', 'json'] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          class="quiet"
          disabled={isBusy.value}
          onClick={() => void save(kind === 'page' ? 'html' : 'json')}
        >
          {t(`personFile.${kind}`)}
          {name && <span class="unseen">: {name}</span>}
        </button>
      ))}
      {error.value && <p role="alert">{error.value}</p>}
    </div>
  );
}
