import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { askAgain, awaited } from '../client/awaited.ts';
import type { WhyNull } from '../client/why-null.ts';
import { nameOfPartner } from '../frame/settings.ts';
import { t } from '../words/language.ts';
import { joinNames } from '../words/names.ts';

/** Each word has a sign, which stands for it in the cells of a table. */
export const lacks: Readonly<Record<WhyNull, string>> = {
  unknown: '–',
  withheld: '⊘',
  missing: '○',
  awaited: '…',
};

/** More names than these are a number. */
export const mostNames = 2;

/** A word for what is not there, with whom the page waits for. */
export function sayLack(why: WhyNull, partners: readonly string[] = awaited.value): string {
  if (why !== 'awaited') return t(`response.${why}`);
  if (partners.length > mostNames)
    return t('response.awaitedMany', { number: String(partners.length) });
  return t('response.awaited', { partners: joinNames(partners.map(nameOfPartner)) });
}

/** Inside a table: the table says the words once, above it. */
export const InTable = createContext(false);

/** The sign, with its word for those who cannot see it. */
export const LackSign = ({ why, word }: { why: WhyNull; word: string }) => (
  <span class={`no-value ${why}`}>
    <span aria-hidden="true">{lacks[why]}</span>
    <span class="unseen">{word}</span>
  </span>
);

interface NoValueProps {
  readonly why: WhyNull;
  /** Whose value it is. @default all for whom the page waits */
  readonly partners?: readonly string[];
}

/** In place of a value: that it is unknown, withheld from the reader, not available now or awaited. */
export function NoValue({ why, partners }: NoValueProps) {
  const word = sayLack(why, partners);
  if (useContext(InTable)) return <LackSign why={why} word={word} />;
  return <span class={`no-value ${why}`}>{word}</span>;
}

/** A value, or why there is none. */
export function Known({ value, why }: { value: ComponentChildren; why: WhyNull }) {
  return value === null || value === undefined ? <NoValue why={why} /> : <>{value}</>;
}

interface AtLeastProps {
  readonly value: number | null;
  /** What those who responded add up to. */
  readonly least: number;
  readonly why: WhyNull;
}

/** A number, or what it is at least while somebody who knows the rest is away. */
export const AtLeast = ({ value, least, why }: AtLeastProps) => (
  <Known
    value={
      value ??
      (why === 'missing' && least > 0 ? t('programme.atLeastNumber', { number: least }) : null)
    }
    why={why}
  />
);

/** Reads again what the page lacks. It stands where the lack is named. */
export function AskAgain() {
  const ask = askAgain.value;
  if (!ask) return null;
  return (
    <button type="button" class="again" onClick={ask}>
      {t('response.again')}
    </button>
  );
}
