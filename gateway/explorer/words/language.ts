import { signal } from '@preact/signals';
import i18next from 'i18next';
import { loadAnew } from '../client/load-anew.ts';
import type en from './en.json';
import type explorer from './explorer/en.json';

/** The languages of the frame. Data stays in the language of its source. */
export const languages = [
  { code: 'en', name: 'English' },
  { code: 'ru', name: 'Русский' },
  { code: 'da', name: 'Dansk' },
  { code: 'et', name: 'Eesti' },
  { code: 'sv', name: 'Svenska' },
  { code: 'nb', name: 'Norsk' },
  { code: 'fi', name: 'Suomi' },
  { code: 'is', name: 'Íslenska' },
  { code: 'lv', name: 'Latviešu' },
  { code: 'lt', name: 'Lietuvių' },
] as const;

/** The texts of one language. */
type Words = typeof en;

type Language = (typeof languages)[number]['code'];
/** With those that only the explorer needs, which it loads. */
type AllWords = Words & typeof explorer;
/** The names of all texts: `frame.signIn`. */
export type WordKey = {
  [Group in keyof AllWords]: `${Group}.${Extract<keyof AllWords[Group], string>}`;
}[keyof AllWords];

const loaders: Record<Language, () => Promise<{ default: Words }>> = {
  en: () => import('./en.json'),
  ru: () => import('./ru.json'),
  da: () => import('./da.json'),
  et: () => import('./et.json'),
  sv: () => import('./sv.json'),
  nb: () => import('./nb.json'),
  fi: () => import('./fi.json'),
  is: () => import('./is.json'),
  lv: () => import('./lv.json'),
  lt: () => import('./lt.json'),
};
const loaded = new Set<Language>();
const storageKey = 'hub-language';

export const language = signal<Language>('en');

const isLanguage = (code: string | undefined): code is Language =>
  languages.some((one) => one.code === code);

/** The language that the reader chose before, else the browser’s, else English. */
function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(storageKey) ?? undefined, ...navigator.languages];
  // Browsers name Norwegian by any of its three codes.
  const codes = wanted.map((tag) => tag?.slice(0, 2).replace(/^n[on]$/, 'nb'));
  return codes.find(isLanguage) ?? 'en';
}

async function chooseLanguage(code: string): Promise<void> {
  if (!isLanguage(code)) return;
  if (!loaded.has(code)) {
    const { default: words } = await loaders[code]();
    // Parts of the English ones may be here before: a page has them in place of its own.
    i18next.addResourceBundle(code, 'translation', words, true);
    loaded.add(code);
  }
  await i18next.changeLanguage(code);
  document.documentElement.lang = code;
  language.value = code;
}

/** Chooses the language, and keeps the choice in this browser. */
export async function keepLanguage(code: string): Promise<void> {
  localStorage.setItem(storageKey, code);
  await chooseLanguage(code);
}

const retryMs = 2_000;

/** Without the texts of a language, the pages are in English. Until those come, nothing can be shown. */
const loadTexts = (): Promise<void> =>
  chooseLanguage(preferredLanguage())
    .catch(() => chooseLanguage('en'))
    .catch(async () => {
      await new Promise((resolve) => setTimeout(resolve, retryMs));
      await loadAnew();
      await loadTexts();
    });

export async function loadLanguage(): Promise<void> {
  await i18next.init({
    lng: 'en',
    fallbackLng: 'en',
    resources: {},
    interpolation: { escapeValue: false },
  });
  await loadTexts();
}

/** A value that ends as its sentence does (`2026 г.`) has its full stop. */
const endOnce = (text: string): string => text.replaceAll(/([^.]\.)\.(?=\s|$)/g, '$1');

/** The text in the reader’s language. Reading it subscribes to the language. */
export function t(key: WordKey, values?: Record<string, string | number>): string {
  void language.value;
  return values ? endOnce(i18next.t(key, values)) : i18next.t(key);
}

/** The text of the first of these names that the reader’s language has. */
export function findText(
  names: readonly string[],
  values: Record<string, string | number>,
): string | undefined {
  void language.value;
  const known = names.find((name) => i18next.exists(name));
  return known && endOnce(i18next.t(known, values));
}

/** Where the browser names a country with the language, its forms are used: `en-GB`. */
export const formsOf = (code: string): string =>
  navigator.languages.find((tag) => tag.startsWith(code)) ?? (code === 'en' ? 'en-GB' : code);

/** English dates are written as `7 March 2027`, also for readers of American English. */
export const dateForms = (code: string): string => (code === 'en' ? 'en-GB' : formsOf(code));

/** No line ends before the letter that follows a year or a day: `2026 г.` */
export const bindLetters = (text: string): string =>
  text.replaceAll(/ (?=\p{Letter}\.)/gu, '\u00A0');

/** Writes a moment. A text of a partner that is no date stays as it is, and the page goes on. */
export const writeMoment = (
  text: string,
  options: Intl.DateTimeFormatOptions,
  moment = new Date(text),
): string =>
  Number.isNaN(moment.getTime())
    ? text
    : bindLetters(new Intl.DateTimeFormat(dateForms(language.value), options).format(moment));

/** A date, or a part of one (`2009`, `2009-10`), in the form of the reader’s language. */
export function formatDate(text: string): string {
  const [year = 0, month, day] = text.split('-').map(Number);
  const format: Intl.DateTimeFormatOptions =
    day !== undefined
      ? { year: 'numeric', month: 'long', day: 'numeric' }
      : month !== undefined
        ? { year: 'numeric', month: 'long' }
        : { year: 'numeric' };
  const date = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  return writeMoment(text, { ...format, timeZone: 'UTC' }, date);
}

/** A moment, in the reader’s own time zone. */
export const formatTime = (text: string): string =>
  writeMoment(text, { dateStyle: 'medium', timeStyle: 'short' });

/** The hour of a moment, in the reader’s own time zone. */
export const formatClock = (text: string): string => writeMoment(text, { timeStyle: 'short' });

export const formatNumber = (value: number): string =>
  new Intl.NumberFormat(formsOf(language.value)).format(value);

/** A part of all as readers write it: `32.5%`. */
export const formatShare = (share: number): string =>
  new Intl.NumberFormat(formsOf(language.value), {
    style: 'percent',
    maximumFractionDigits: 1,
  }).format(share);
