import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { readAnew } from '../client/awaited.ts';
import { useSearch } from '../parts/search-form.tsx';
import { isAsking, isSigningIn, signOut } from '../session/keep-session.ts';
import { ended, isStaff, person } from '../session/session.ts';
import { keepLanguage, language, languages, t, type WordKey } from '../words/language.ts';
import { Keys } from './keys.tsx';
import { journeyLink, pageLinkOf, pageLinks, peopleLink, recordLink } from './page-links.ts';
import { nameOfPartner } from './settings.ts';

function LanguageChoice() {
  return (
    <label class="choice">
      <span class="unseen">{t('frame.language')}</span>
      <select
        value={language.value}
        onChange={({ currentTarget }) => void keepLanguage(currentTarget.value)}
      >
        {languages.map(({ code, name }) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** One field for all that has a name. The key `/` leads to it from everywhere. */
function SearchField({ open }: { open: () => void }) {
  const { query, path } = useLocation();
  const { input, find } = useSearch();
  const reach = () => {
    // At once, so that it gets all letters that are typed next.
    input.current?.focus();
    if (document.activeElement === input.current) return;
    open();
    // What was hidden in the menu is shown first.
    requestAnimationFrame(() => input.current?.focus());
  };
  return (
    <>
      <Keys search={reach} />
      <form class="search" role="search" action="/search" onSubmit={find}>
        <input
          type="search"
          name="q"
          ref={input}
          maxLength={200}
          aria-label={t('frame.search')}
          placeholder={t('frame.search')}
          defaultValue={path === '/search' ? query['q'] : undefined}
        />
      </form>
    </>
  );
}

function Reader() {
  const signedIn = person.value;
  if (signedIn) {
    const words = t('signIn.signedInAs', {
      role: t(`roles.${signedIn.role}` as WordKey),
      organisation: nameOfPartner(signedIn.organisation),
    });
    return (
      <>
        <span class="reader" title={words}>
          {words}
        </span>
        <button
          type="button"
          class="quiet"
          onClick={() => (ended.value ? (isAsking.value = true) : void signOut())}
        >
          {t(ended.value ? 'signIn.again' : 'signIn.out')}
        </button>
      </>
    );
  }
  return (
    <button type="button" onClick={() => (isSigningIn.value = true)}>
      {t('signIn.open')}
    </button>
  );
}

/** The top of every page: where to go, who reads, and in which language. What has no room is in its menu. */
export function Header() {
  const { path } = useLocation();
  const isOpen = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const current = pageLinkOf(path)?.href;
  const { role, organisation } = person.value ?? {};
  const hasPeople = role === 'coordinator' && organisation !== 'nbnp';
  const added = hasPeople ? [peopleLink] : role === 'auditor' ? [recordLink] : [];
  // Tasks are those of staff; whoever has not signed in finds there that they are.
  const own = pageLinks.filter(({ href }) => href !== '/tasks' || !role || isStaff());
  const links = role === 'participant' ? [journeyLink] : [...own, ...added];
  useEffect(() => {
    isOpen.value = false;
  }, [path, person.value]);
  const closeByKey = ({ key, target }: KeyboardEvent) => {
    // A dialog closes by the same key.
    if (key !== 'Escape' || !isOpen.value || (target as Element).closest('dialog')) return;
    isOpen.value = false;
    button.current?.focus();
  };
  return (
    <header onKeyDown={closeByKey}>
      <a class="brand" href="/">
        {t('frame.title')}
      </a>
      <button
        type="button"
        class="menu quiet"
        ref={button}
        aria-expanded={isOpen.value}
        aria-controls="menu"
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        {t('frame.menu')}
      </button>
      <div id="menu" class={isOpen.value ? 'open' : undefined}>
        <nav aria-label={t('frame.pages')}>
          <ul>
            {links.map(({ href, label }) => (
              <li key={href}>
                <a
                  href={href}
                  // To the page that the reader is on: what it shows may have changed.
                  onClick={() => href === path && readAnew()}
                  aria-current={href === path ? 'page' : href === current ? 'true' : undefined}
                >
                  {t(label)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <SearchField open={() => (isOpen.value = true)} />
        <div class="tools">
          <LanguageChoice />
          <Reader />
        </div>
      </div>
    </header>
  );
}
