import { idOf } from '../../parts/form/field.tsx';
import type { Entries, Option } from '../../parts/form/input-field.ts';
import type { Mistakes } from '../../parts/form/mistakes.ts';
import { t } from '../../words/language.ts';

/** One person, with what is chosen for her in each column. */
export interface BatchRow {
  readonly id: string;
  readonly name: string;
  /** What helps to choose. */
  readonly about?: string;
  /** Whether there is most likely nothing to change: folded on a phone. @default false */
  readonly isDone?: boolean;
}

export interface BatchColumn {
  readonly key: string;
  readonly title: string;
  readonly options: readonly Option[];
  /** What it is now, and since when, in words. */
  readonly now: (row: string) => { readonly state: string; readonly since?: string };
}

/** The control in which it says why not. */
export const reasonOf = (row: string): string => `${row} reason`;

/** On a phone, whoever is done shows no controls until they are asked for. */
const unfold = (control: Element) => control.closest('.person.done')?.classList.add('opened');

interface PersonProps {
  readonly columns: readonly BatchColumn[];
  readonly asksReason: boolean;
  readonly row: BatchRow;
  readonly idStart: string;
  readonly mistakes: Mistakes;
  readonly kept: Entries | undefined;
}

/** One person: for each column what it is now, or becomes. */
export function Person({ row, columns, asksReason, idStart, mistakes, kept }: PersonProps) {
  const { id, name, about, isDone } = row;
  const controlOf = (control: string) => ({
    id: idOf(idStart, control),
    name: control,
    'aria-invalid': mistakes.has(control) || undefined,
    'aria-describedby': mistakes.has(control) ? `${idOf(idStart, control)}-mistake` : undefined,
  });
  const own = [...columns.map(({ key }) => `${id} ${key}`), reasonOf(id)];
  const isKept = own.some((control) => kept?.get(control)?.[0]);
  const said = own.filter((control) => mistakes.has(control));
  return (
    <fieldset
      class={said.length > 0 ? 'person mistaken' : isDone && !isKept ? 'person done' : 'person'}
    >
      <legend>{name}</legend>
      {isDone && (
        <p class="folded">
          <span aria-hidden="true">✓</span> {t('journey.allReady')}{' '}
          <button
            type="button"
            class="link"
            onClick={({ currentTarget }) => {
              unfold(currentTarget);
              currentTarget.closest('fieldset')?.querySelector('select')?.focus();
            }}
          >
            {t('plan.changeItineraryStop')}
            <span class="unseen">: {name}</span>
          </button>
        </p>
      )}
      {about && <p class="help">{about}</p>}
      {said.map((control) => (
        <p key={control} id={`${idOf(idStart, control)}-mistake`} class="mistake">
          <span aria-hidden="true">✕</span> {mistakes.get(control)}
        </p>
      ))}
      <div class="cells">
        {columns.map(({ key, title, options, now }) => {
          const name = `${id} ${key}`;
          const { state, since } = now(id);
          return (
            <label key={key}>
              <span class="cell-title">{title}</span>
              <select {...controlOf(name)} data-column={key}>
                <option value="">{state}</option>
                {options.map(({ value, label }) => (
                  <option key={value} value={value} selected={kept?.get(name)?.[0] === value}>
                    {label}
                  </option>
                ))}
              </select>
              <span class="help">{mistakes.has(name) && since ? `${state}, ${since}` : since}</span>
            </label>
          );
        })}
        {asksReason && (
          <label>
            <span class="cell-title">{t('form.reasonIfNot')}</span>
            <input
              {...controlOf(reasonOf(id))}
              type="text"
              autocomplete="off"
              defaultValue={kept?.get(reasonOf(id))?.[0] ?? ''}
            />
          </label>
        )}
      </div>
    </fieldset>
  );
}

/** Chooses the same for all, before it is changed for some. On a wide page it has the titles of all. */
export function Everybody({ columns, asksReason }: Pick<PersonProps, 'columns' | 'asksReason'>) {
  const choose = (key: string, { form, value }: HTMLSelectElement) => {
    for (const control of form?.querySelectorAll<HTMLSelectElement>(`[data-column="${key}"]`) ??
      []) {
      control.value = value;
      // What is chosen is seen before it is sent.
      unfold(control);
    }
  };
  return (
    <fieldset class="person">
      <legend>{t('form.everybody')}</legend>
      <div class="cells">
        {columns.map(({ key, title, options }) => (
          <label key={key}>
            <span class="cell-title">{title}</span>
            <select onInput={({ currentTarget }) => choose(key, currentTarget)}>
              <option value="">{t('form.eachAlone')}</option>
              {options.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        ))}
        {asksReason && (
          <span class="cell-title" aria-hidden="true">
            {t('form.reasonIfNot')}
          </span>
        )}
      </div>
    </fieldset>
  );
}
