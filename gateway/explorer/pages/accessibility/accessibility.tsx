import { t } from '../../words/language.ts';

/** The accessibility statement. */
export function Accessibility() {
  return (
    <article class="text">
      <h1>{t('frame.accessibility')}</h1>
      <p>{t('accessibility.lead')}</p>
      <p>{t('accessibility.goal')}</p>
      <p>{t('accessibility.checked')}</p>
      <p>{t('accessibility.limits')}</p>
      <p>{t('accessibility.contact')}</p>
    </article>
  );
}
