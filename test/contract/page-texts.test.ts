import { catalogue, programmeRules, ruleSituations } from '@hub/shared/errors';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TaskKind } from '../../subgraphs/nbnp/entities/vocabulary.js';
import { warningCatalogue } from '../../subgraphs/nbnp/warnings/catalogue.js';

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

const readWords = (code: string) =>
  JSON.parse(
    readFileSync(new URL(`../../gateway/explorer/words/${code}.json`, import.meta.url), 'utf8'),
  ) as Texts;
const english = readWords('en');
const others = ['ru', 'da', 'et'].map((code) => [code, readWords(code)] as const);
const languages = [['en', english] as const, ...others];
const of = (words: Texts, group: string) => words[group] ?? {};
const sorted = (record: object) => Object.keys(record).toSorted();
const situations = Object.assign({}, ...Object.values(ruleSituations)) as Readonly<
  Record<string, string>
>;

const mapValues = <Value, Mapped>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Mapped,
): Record<string, Mapped> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));

/** The values that a text has: `{{number}}`. */
const valuesIn = (text: string) => (text.match(/\{\{?\w+\}?\}/g) ?? []).toSorted();

describe.each(languages)('the texts of the pages in %s', (_code, words) => {
  it('have each warning of the catalogue, with its numbers, and each kind of task', () => {
    expect(sorted(of(words, 'warningCodes'))).toEqual(sorted(warningCatalogue));
    expect(sorted(of(words, 'taskKinds'))).toEqual(sorted(TaskKind));
    for (const [code, { message }] of Object.entries(warningCatalogue)) {
      const text = of(words, 'warningCodes')[code] ?? '';
      const numbers = valuesIn(message).filter((value) => /count|expected/.test(value));
      const written = numbers.map((value) =>
        value.replace('{count}', '{{number}}').replace('{expected}', '{{expected}}'),
      );
      expect(valuesIn(text), code).toEqual(written.toSorted());
    }
  });
});

/** In these, as in English, the server says most rules itself. */
const partly = ['sv', 'nb', 'fi', 'is', 'lv', 'lt'];

describe.each(partly)('the texts of the pages in %s', (code) => {
  it('are those of English, with the same values', () => {
    expect(valuesOf(readWords(code))).toEqual(valuesOf(english));
  });
});

describe.each([...others.map(([code]) => code), ...partly])('each text in %s', (code) => {
  it.each(['', 'forms/', 'record/'])('has a place where the English one has: %s', (folder) => {
    const originals = readWords(`${folder}en`);
    for (const [group, texts] of Object.entries(readWords(`${folder}${code}`)))
      for (const [name, text] of Object.entries(texts)) {
        const original = originals[group]?.[name];
        if (original === undefined) continue;
        // A word may be much longer, a sentence not.
        expect(text.length, `${group}.${name}: ${text}`).toBeLessThanOrEqual(
          2 * original.length + 14,
        );
        expect(text.trim(), `${group}.${name}`).not.toBe('');
      }
  });
});

const rooms = ['ru', 'da', 'et', ...partly].flatMap((code) => [
  ['forms', code] as const,
  ['record', code] as const,
  ['explorer', code] as const,
]);

describe.each(rooms)('the texts of %s in %s', (room, code) => {
  it('are those of English, with the same values, in the letters of its alphabet', () => {
    const words = readWords(`${room}/${code}`);
    expect(valuesOf(words)).toEqual(valuesOf(readWords(`${room}/en`)));
    // The explorer names formats and tools.
    if (code !== 'ru' || room === 'explorer') return;
    for (const texts of Object.values(words))
      for (const [name, text] of Object.entries(texts))
        expect(text.replaceAll(/\{\{\w+\}\}/g, ''), name).toMatch(/^[^A-Za-z]+$/);
  });
});

/** The values of each text: `{ frame: { title: [] } }`. */
const valuesOf = (words: Texts) =>
  mapValues(words, (texts) => mapValues(texts, (text) => valuesIn(text)));

describe.each(others)('the texts of the pages in %s', (_code, words) => {
  it('are those of English, with the same values, and refusals', () => {
    // In English, the server says most rules itself.
    const { rules, situations: why, ...own } = valuesOf(words);
    const { rules: _, ...expected } = valuesOf(english);
    expect(own).toEqual(expected);
    expect([rules, why]).not.toContain(undefined);
  });
});

describe.each(others)('the refusals of the pages in %s', (code, words) => {
  it('have each rule of the programme, and each of its situations', () => {
    expect(sorted(of(words, 'rules'))).toEqual(sorted(programmeRules));
    expect(sorted(of(words, 'situations'))).toEqual(sorted(situations));
  });

  it('have codes of the catalogue alone, with that of a reference that leads nowhere', () => {
    expect(sorted(of(words, 'codes'))).toContain('DANGLING_REFERENCE');
    for (const known of sorted(of(words, 'codes'))) expect(sorted(catalogue)).toContain(known);
  });

  it('are sentences of their own language, in the letters of its alphabet', () => {
    const alphabet = code === 'ru' ? /^\p{Script=Cyrillic}[^A-Za-z]*\.$/u : /^\p{Lu}.*\.$/u;
    const sentences = new Set<string>(Object.values({ ...programmeRules, ...situations }));
    for (const group of ['rules', 'situations', 'codes'])
      for (const [name, text] of Object.entries(of(words, group))) {
        expect(text.replaceAll('{{argument}}', ''), name).toMatch(alphabet);
        expect(sentences.has(text), name).toBe(false);
      }
  });
});
