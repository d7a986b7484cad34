import { useSignal } from '@preact/signals';
import { callRoute } from '../../client/call-route.ts';
import { t } from '../../words/language.ts';
import { fileNameOf, saveFile } from './save-file.ts';

/** Saves a visit for a calendar program, with the reader’s rights. */
export function CalendarButton({ visit }: { visit: string }) {
  const error = useSignal<string | undefined>(undefined);
  const save = async () => {
    const result = await callRoute(`/export/itinerary.ics?id=${encodeURIComponent(visit)}`);
    error.value = result.error;
    if (result.response) saveFile(`${fileNameOf(visit)}.ics`, await result.response.blob());
  };
  return (
    <>
      <button type="button" class="quiet" onClick={() => void save()}>
        {t('programme.saveCalendar')}
      </button>
      {error.value && <p role="alert">{error.value}</p>}
    </>
  );
}
