import { journeyLink, pageLinks, ways } from '../../frame/page-links.ts';
import { useTitle } from '../../frame/title.ts';
import { Contacts } from '../../parts/contacts.tsx';
import { Facts } from '../../parts/facts.tsx';
import { SignInButton } from '../../parts/sign-in-button.tsx';
import { t } from '../../words/language.ts';

/** What the pages are, how one begins, what their words mean, and whom to ask. */
export function Help() {
  useTitle(t('help.title'));
  return (
    <article class="text">
      <h1>{t('help.title')}</h1>
      <p>{t('start.lead')}</p>
      <p>{t('start.what')}</p>
      <h2>{t('signIn.title')}</h2>
      <p>
        {t('help.signIn')} <SignInButton />
      </p>
      <h2>{t('start.ways')}</h2>
      <ul>
        {[...pageLinks, journeyLink].map(({ href, label }) => {
          const text = ways[href];
          return (
            text && (
              <li key={href}>
                <a href={href}>{t(label)}</a>: {t(text)}
              </li>
            )
          );
        })}
        <li>
          <a href="/search">{t('frame.search')}</a>: {t('help.search')}
        </li>
      </ul>
      <h2>{t('help.lacks')}</h2>
      <Facts
        facts={[
          [t('response.unknown'), t('help.unknown')],
          [t('response.withheld'), t('help.withheld')],
          [t('response.missing'), t('help.missing')],
        ]}
      />
      <h2>{t('help.forms')}</h2>
      <p>{t('help.drafts')}</p>
      <h2>{t('frame.keys')}</h2>
      <p>{t('help.keys')}</p>
      <h2>{t('help.ask')}</h2>
      <p>{t('help.askWhom')}</p>
      <Contacts />
    </article>
  );
}
