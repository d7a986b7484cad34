import { findText } from '../words/language.ts';
import type english from '../words/record/en.json';
import { createWords } from './form/form-words.ts';

type Words = (typeof english)['record'];

/** Loads the texts of the record in the reader’s language. Returns whether they are here. */
export const { use: useRecordWords } = createWords({
  en: () => import('../words/record/en.json'),
  ru: () => import('../words/record/ru.json'),
  da: () => import('../words/record/da.json'),
  et: () => import('../words/record/et.json'),
  sv: () => import('../words/record/sv.json'),
  nb: () => import('../words/record/nb.json'),
  fi: () => import('../words/record/fi.json'),
  is: () => import('../words/record/is.json'),
  lv: () => import('../words/record/lv.json'),
  lt: () => import('../words/record/lt.json'),
});

/** A text of the record. */
export const say = (key: keyof Words, values: Record<string, string> = {}): string =>
  findText([`record.${key}`], values) ?? '';
