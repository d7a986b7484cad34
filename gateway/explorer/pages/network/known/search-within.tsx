import { useSignal, type Signal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { fold } from '../../../../../shared/database/search/fold.ts';
import { say } from '../../../parts/form/form-words.ts';
import { formatNumber } from '../../../words/language.ts';

/** Whether a record has what the reader looks for in one of its texts. */
export type Has = (...texts: readonly (string | null | undefined)[]) => boolean;

/** Looks for a part of a text as the partners’ searches do, whatever its letters’ case and accents. */
export function lookFor(search: string): Has {
  const part = fold(search);
  return (...texts) => texts.some((one) => typeof one === 'string' && fold(one).includes(part));
}

/** What the reader looks for in a list that is here already, at first that of the address. */
export function useSearchWithin(): { readonly text: Signal<string>; readonly has: Has } {
  const text = useSignal(useLocation().query['q'] ?? '');
  return { text, has: lookFor(text.value) };
}

interface SearchFieldProps {
  readonly label: string;
  readonly text: Signal<string>;
  /** The address of the whole list. */
  readonly href: string;
}

/** The address of a list, with what the reader looks for in it. */
export function withSearch(href: string, text: string): string {
  const sign = href.includes('?') ? '&' : '?';
  return text === '' ? href : `${href}${sign}q=${encodeURIComponent(text)}`;
}

/** Searches a list that is here already. The address keeps what the reader looks for. */
export function SearchField({ label, text, href }: SearchFieldProps) {
  const { route } = useLocation();
  const look = (typed: string) => {
    text.value = typed;
    route(withSearch(href, typed), true);
  };
  return (
    <label class="field">
      {label}
      <input
        type="search"
        maxLength={300}
        value={text.value}
        onInput={({ currentTarget }) => look(currentTarget.value)}
      />
    </label>
  );
}

/** How many records of a list have what the reader looks for. */
export const Found = ({ number }: { number: number }) => (
  <p role="status" class="soft">
    {say('found', { number: formatNumber(number) })}
  </p>
);
