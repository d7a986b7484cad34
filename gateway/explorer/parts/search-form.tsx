import type { TargetedSubmitEvent } from 'preact';
import { useLocation } from 'preact-iso';
import { useRef } from 'preact/hooks';
import { isStaff, person } from '../session/session.ts';
import { t } from '../words/language.ts';

/** A field, and what leads from its form to what is found. */
export function useSearch() {
  const { route } = useLocation();
  const input = useRef<HTMLInputElement>(null);
  const find = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const search = input.current?.value.trim() ?? '';
    if (search !== '') route(`/search?q=${encodeURIComponent(search)}`);
  };
  return { input, find };
}

/** What the reader can find: people are found by the staff of those who registered them. */
const labelOfSearch = (): string =>
  t(isStaff() && person.value?.organisation !== 'nbnp' ? 'start.find' : 'start.findOthers');

/** The search of the header, on a page for those who come to look something up. On a phone, the header’s is in its menu. */
export function SearchForm() {
  const { input, find } = useSearch();
  return (
    <form class="find" action="/search" onSubmit={find}>
      <label>
        {labelOfSearch()}
        <input type="search" name="q" ref={input} maxLength={200} />
      </label>
      <button type="submit">{t('frame.search')}</button>
    </form>
  );
}
