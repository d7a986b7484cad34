import { findText, formatDate, t } from '../../words/language.ts';
import { nameOfCountry, nameOfLanguage } from '../../words/names.ts';
import { enumGroups, labelOf } from './form-words.ts';

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

/** A word of the schema in the reader’s language: a state, a role, a kind. */
const nameOfWord = (word: string): string =>
  findText(
    [
      ...enumGroups,
      'stopStates',
      'hostingStates',
      'loanStates',
      'evaluationStates',
      'groupStates',
    ].map((group) => `${group}.${word}`),
    {},
  ) ?? word;

function showText(text: string, name: string): string {
  if (isDay(text)) return formatDate(text);
  if (/countr/i.test(name)) return nameOfCountry(text);
  if (/languages/i.test(name)) return nameOfLanguage(text);
  return /^[A-Z][A-Z_]+$/.test(text) ? nameOfWord(text) : text;
}

/**
 * A value of a record, as people read it. It never shows an id.
 * @param name of its field
 */
export function showValue(value: unknown, name = ''): string {
  if (value === null || value === undefined || value === '') return t('response.unknown');
  if (typeof value === 'string') return showText(value, name);
  if (typeof value === 'boolean') return t(value ? 'form.yes' : 'form.no');
  if (Array.isArray(value)) return value.map((item) => showValue(item, name)).join(', ');
  if (typeof value === 'object') {
    const { id: _, ...own } = value as Record<string, unknown>;
    if ('name' in own) return showValue(own['name']);
    return Object.entries(own)
      .filter(([, inner]) => inner !== null && typeof inner !== 'object')
      .map(([field, inner]) => showValue(inner, field))
      .join(', ');
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
      <p>{t('codes.CONFLICT')}</p>
      <ul>
        {findDifferences(before, after)
          .filter(({ place }) => !place.endsWith('version'))
          .map(({ place, before: was, after: is }) => (
            <li key={place}>
              {t('tasks.changed', {
                what: labelOf(place),
                before: showValue(was, place),
                after: showValue(is, place),
              })}
            </li>
          ))}
      </ul>
      <p>{t('tasks.decideAgain')}</p>
    </div>
  );
}
