import { t } from '../words/language.ts';

/** A link to the page that states something. Only addresses of the web become links. */
export function Source({ url }: { url: string | null | undefined }) {
  if (!url) return <>{t('response.noSource')}</>;
  if (!/^https?:\/\//i.test(url)) return <>{url}</>;
  return (
    <a href={url} rel="noreferrer noopener" target="_blank">
      {new URL(url).hostname}
      <span class="unseen"> {t('response.newWindow')}</span>
    </a>
  );
}
