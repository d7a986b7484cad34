import { Contacts } from '../../parts/contacts.tsx';
import { formatDate, t } from '../../words/language.ts';

/** When the statement was last compared with the pages. */
const writtenOn = '2026-12-01';

/**
 * The accessibility statement, by the model of the European Union.
 * @see https://eur-lex.europa.eu/eli/dec_impl/2018/1523/oj
 */
export function Accessibility() {
  return (
    <article class="text">
      <h1>{t('frame.accessibility')}</h1>
      <p>{t('accessibility.lead')}</p>
      <h2>{t('accessibility.state')}</h2>
      <p>{t('accessibility.goal')}</p>
      <h2>{t('accessibility.lacks')}</h2>
      <ul>
        <li>{t('accessibility.limits')}</li>
        <li>{t('accessibility.unread')}</li>
      </ul>
      <h2>{t('accessibility.made')}</h2>
      <p>{t('accessibility.checked', { day: formatDate(writtenOn) })}</p>
      <h2>{t('accessibility.write')}</h2>
      <p>{t('accessibility.contact')}</p>
      <Contacts />
      <p>{t('accessibility.enforcement')}</p>
    </article>
  );
}
