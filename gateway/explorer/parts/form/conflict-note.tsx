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

/** A field that the reader has changed, and somebody else in another way. */
interface Version {
  readonly name: string;
  readonly label: string;
  /** What the other has saved, and what the form has. */
  readonly saved: string;
  readonly own: string;
  /** Puts into the form what was saved. */
  readonly take: () => void;
}

interface ConflictNoteProps {
  /** The record as the form showed it. */
  readonly before?: object;
  /** The record now. */
  readonly after?: object;
  /** What of it is shown side by side. */
  readonly versions?: readonly Version[];
  readonly nameOf?: (place: string) => string;
  readonly title?: string;
}

const isPartOf = (place: string, { name }: Version): boolean =>
  `${place}.`.startsWith(`${name}.`) || place.endsWith(`.${name}`);

/** Says that somebody else changed the record first, what is different now, and both versions of what both changed. */
export function ConflictNote(props: ConflictNoteProps) {
  const { before, after, versions = [], nameOf = labelOf, title = t('codes.CONFLICT') } = props;
  const others = findDifferences(before, after).filter(
    ({ place }) =>
      !/(^|\.)id$|version$/i.test(place) && !versions.some((version) => isPartOf(place, version)),
  );
  return (
    <div class="note" role="alert">
      <p>{title}</p>
      {others.length > 0 && (
        <ul>
          {others.map(({ place, before: was, after: is }) => (
            <li key={place}>
              {t('tasks.changed', {
                what: nameOf(place),
                before: showValue(was, place),
                after: showValue(is, place),
              })}
            </li>
          ))}
        </ul>
      )}
      {versions.map(({ name, label, saved, own, take }) => (
        <div key={name} class="versions">
          <strong>{label}</strong>
          <dl class="record">
            <div>
              <dt>{t('tasks.savedVersion')}</dt>
              <dd>{saved || t('evaluation.none')}</dd>
            </div>
            <div>
              <dt>{t('tasks.ownVersion')}</dt>
              <dd>{own || t('evaluation.none')}</dd>
            </div>
          </dl>
          <button type="button" class="quiet" onClick={take}>
            {t('tasks.takeSaved')}
            <span class="unseen">: {label}</span>
          </button>
        </div>
      ))}
      <p>{t('tasks.decideAgain')}</p>
    </div>
  );
}
