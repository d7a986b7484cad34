import { t } from '../words/language.ts';

const readAddress = (text: string): URL | undefined => {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  return address && ['http:', 'https:'].includes(address.protocol) ? address : undefined;
};

/** A link to the page that states something. Only addresses of the web become links. */
export function Source({ url }: { url: string | null | undefined }) {
  if (!url) return <>{t('response.noSource')}</>;
  const address = readAddress(url);
  if (!address) return <>{url}</>;
  return (
    <a href={address.href} rel="noreferrer noopener" target="_blank">
      {address.hostname}
      <span class="unseen"> {t('response.newWindow')}</span>
    </a>
  );
}
