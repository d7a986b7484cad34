import { useSignal } from '@preact/signals';
import { callRoute } from '../../../client/call-route.ts';
import { saveFile } from '../../../parts/save-file.ts';
import { t } from '../../../words/language.ts';
import type { PageVisit } from './visit-query.ts';

/** Files of the hub about a visit, by the file’s ending. */
const exports = { html: 'programme.html', ics: 'itinerary.ics' } as const;

/** To paper, to a file, to a calendar: what the reader may see, and no more. */
export function Files({ visit: { id } }: { visit: PageVisit }) {
  const error = useSignal<string | undefined>(undefined);
  const save = async (ending: keyof typeof exports) => {
    const path = `/export/${exports[ending]}?id=${encodeURIComponent(id)}`;
    const result = await callRoute(path);
    error.value = result.error;
    if (result.response)
      saveFile(`${id.replaceAll(/\W+/g, '-')}.${ending}`, await result.response.blob());
  };
  return (
    <div class="files">
      <button type="button" onClick={() => print()}>
        {t('programme.print')}
      </button>
      <button type="button" class="quiet" onClick={() => void save('html')}>
        {t('programme.savePage')}
      </button>
      <button type="button" class="quiet" onClick={() => void save('ics')}>
        {t('programme.saveCalendar')}
      </button>
      {error.value && <p role="alert">{error.value}</p>}
    </div>
  );
}
