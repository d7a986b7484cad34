import { formatDate, t } from '../../words/language.ts';
import { labelOf } from './input-field.ts';

/** One value of a record that somebody else changed meanwhile. */
interface Difference {
  /** Where it is: `title`, `stops.0.day`. */
  readonly place: string;
  readonly before: unknown;
  readonly after: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What changed between two readings of the same record. Lists are compared by position. */
export function findDifferences(before: unknown, after: unknown, place = ''): Difference[] {
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) =>
      findDifferences(before[name], after[name], place === '' ? name : `${place}.${name}`),
    );
  }
  return before === after ? [] : [{ place, before, after }];
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** A value of a record, as people read it. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return t('response.unknown');
  if (typeof value === 'string') return isDay(value) ? formatDate(value) : value;
  if (Array.isArray(value)) return value.map(showValue).join(', ');
  if (typeof value === 'object') {
    const { name, id } = value as { name?: unknown; id?: unknown };
    return showValue(name ?? id ?? JSON.stringify(value));
  }
  return String(value);
}

interface ConflictNoteProps {
  /** The record as the form showed it. */
  readonly before: object;
  /** The record now. */
  readonly after: object;
}

/** Says that somebody else changed the record first, and what is different now. */
export function ConflictNote({ before, after }: ConflictNoteProps) {
  return (
    <div class="note" role="alert">
      <p>{t('tasks.conflict')}</p>
      <ul>
        {findDifferences(before, after)
          .filter(({ place }) => !place.endsWith('version'))
          .map(({ place, before: was, after: is }) => (
            <li key={place}>
              {t('tasks.changed', {
                what: labelOf(place),
                before: showValue(was),
                after: showValue(is),
              })}
            </li>
          ))}
      </ul>
      <p>{t('tasks.decideAgain')}</p>
    </div>
  );
}
