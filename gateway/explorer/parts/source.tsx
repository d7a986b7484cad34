import { formatDate, t } from '../words/language.ts';
import { sourceHref } from './links.ts';

const readAddress = (text: string): URL | undefined => {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  return address && ['http:', 'https:'].includes(address.protocol) ? address : undefined;
};

interface SourceProps {
  readonly url: string | null | undefined;
  /** On the page of this source. @default false */
  readonly isOwnPage?: boolean;
}

/** An address of the web, without the point or bracket after it. */
const address = /(https?:\/\/[^\s<>"]*[^\s<>"().,;])/;

/** Days in a text as readers write them. */
const writeDays = (text: string): string =>
  text.replaceAll(/\b\d{4}-\d\d-\d\d\b/g, (day) => formatDate(day));

/** A text in which addresses of the web are links. */
export const Linked = ({ text }: { text: string }) => (
  <>
    {text
      .split(address)
      .map((part, index) =>
        index % 2 === 1 ? <Source key={part} url={part} isOwnPage /> : writeDays(part),
      )}
  </>
);

/**
 * A link to the page that states something, and to all that it states here. Only addresses of the web
 * become links.
 */
export function Source({ url, isOwnPage = false }: SourceProps) {
  if (!url) return <>{t('response.noSource')}</>;
  const address = readAddress(url);
  if (!address) return <>{url}</>;
  return (
    <>
      <a href={address.href} rel="noreferrer noopener" target="_blank">
        {address.hostname}
        <span class="unseen"> {t('response.newWindow')}</span>
      </a>
      {!isOwnPage && (
        <a class="same-source" href={sourceHref(url)}>
          {t('response.sameSource')}
          <span class="unseen">: {address.hostname}</span>
        </a>
      )}
    </>
  );
}
