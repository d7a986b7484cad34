import { t } from '../../words/language.ts';
import { today } from '../today.ts';
import type { ControlProps } from './input-field.ts';

const parts = ['day', 'month', 'year'] as const;

/** A date in three controls, in the order in which people say it. Of a past day, today is the start. */
export function DateField({ field, name, given, id, ...shared }: ControlProps) {
  const start = field.isPast && field.isRequired && given === undefined ? today() : '';
  const [year = '', month = '', day = ''] = (given?.[0] ?? start).split('-');
  const values = { day, month, year };
  return (
    <div class="date">
      {parts.map((part, index) => (
        <label key={part}>
          {t(`form.${part}`)}
          <input
            {...shared}
            // The summary of errors leads to the first.
            id={index === 0 ? id : `${id}-${part}`}
            name={`${name}-${part}`}
            type="text"
            inputMode="numeric"
            autocomplete="off"
            size={part === 'year' ? 4 : 2}
            maxLength={part === 'year' ? 4 : 2}
            defaultValue={values[part].replace(/^0(?=\d)/, '')}
          />
        </label>
      ))}
    </div>
  );
}

/** A day that no input of the schema asks for: what its three controls get. */
export const dayField = (name: string, label: string): Omit<ControlProps, 'given'> => ({
  field: { name, type: 'Date', isRequired: true, isList: false },
  name,
  label,
  id: `day-${name}`,
  'aria-describedby': undefined,
  'aria-invalid': undefined,
});

/** How a date is written here. Of a part of a year, the rest may stay empty. */
export const dateExample = (isPart: boolean): string =>
  t(isPart ? 'form.partHint' : 'form.dateHint', { example: '7 3 2027' });
