import { catalogue } from '@hub/shared/errors';
import { inner } from '@hub/shared/testing';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFacts as readPoliceFacts } from '../../subgraphs/national-police/seed/fact-tables.js';
import { TaskKind } from '../../subgraphs/nbnp/entities/vocabulary.js';
import { readFacts as readNetworkFacts } from '../../subgraphs/nbnp/seed/fact-tables.js';
import { warningCatalogue } from '../../subgraphs/nbnp/warnings/catalogue.js';
import { readFacts as readOfficeFacts } from '../../subgraphs/ncm-offices/seed/fact-tables.js';

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

const readWords = (code: string) =>
  JSON.parse(
    readFileSync(new URL(`../../gateway/explorer/words/${code}.json`, import.meta.url), 'utf8'),
  ) as Texts;
const english = readWords('en');
const first = ['ru', 'da', 'et'];
const translations = [...first, 'sv', 'nb', 'fi', 'is', 'lv', 'lt'];
const all = ['en', ...translations];
const languages = ['en', ...first].map((code) => [code, readWords(code)] as const);
const of = (words: Texts, group: string) => words[group] ?? {};
const sorted = (record: object) => Object.keys(record).toSorted();
const situations = Object.assign({}, ...Object.values(inner.ruleSituations)) as Readonly<
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

describe.each(translations)('each text in %s', (code) => {
  it.each(['', 'forms/', 'kinds/', 'record/', 'refusals/'])(
    'has a place where the English one has: %s',
    (folder) => {
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
    },
  );
});

const rooms = translations.flatMap((code) => [
  ['forms', code] as const,
  ['kinds', code] as const,
  ['refusals', code] as const,
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

describe('the kinds of bodies and institutions', () => {
  it('are words in all facts', () => {
    const folder = new URL('../../subgraphs/national-police/seed/facts/', import.meta.url);
    const { units, sites } = readPoliceFacts(folder);
    const bodies = [...units, ...sites, ...readNetworkFacts().organisations];
    const kinds = [...bodies, ...readOfficeFacts().sites].flatMap(({ kind }) => kind ?? []);
    const { bodyKinds = {} } = readWords('kinds/en');
    expect([...new Set(kinds)].filter((kind) => !(kind in bodyKinds))).toEqual([]);
    expect(new Set(kinds).size).toBeGreaterThan(20);
  });
});

/** The values of each text: `{ frame: { title: [] } }`. */
const valuesOf = (words: Texts) =>
  mapValues(words, (texts) => mapValues(texts, (text) => valuesIn(text)));

describe.each(translations)('the texts of the pages in %s', (code) => {
  it('are those of English, with the same values', () => {
    expect(valuesOf(readWords(code))).toEqual(valuesOf(english));
  });
});

describe.each(all)('the refusals of the pages in %s', (code) => {
  const refusals = readWords(`refusals/${code}`);
  const { codes } = readWords(code);

  it('have each rule of the programme, and each of its situations', () => {
    expect(sorted(of(refusals, 'rules'))).toEqual(sorted(inner.programmeRules));
    expect(sorted(of(refusals, 'situations'))).toEqual(sorted(situations));
  });

  it('have codes of the catalogue alone, with that of a reference that leads nowhere', () => {
    expect(sorted(codes ?? {})).toContain('DANGLING_REFERENCE');
    for (const known of sorted(codes ?? {})) expect(sorted(catalogue)).toContain(known);
  });

  it('are sentences of its own for readers, none of the server’s', () => {
    const sentences = new Set<string>(Object.values({ ...inner.programmeRules, ...situations }));
    for (const texts of [...Object.values(refusals), codes ?? {}])
      for (const [name, text] of Object.entries(texts)) {
        expect(text.replaceAll(/\{\{\w+\}\}/g, ''), name).toMatch(/^(: )?\p{L}.*\.$/u);
        expect(sentences.has(text), name).toBe(false);
      }
  });

  it('say no English sentence in another language', () => {
    const originals = new Set(Object.values(readWords('refusals/en')).flatMap(Object.values));
    if (code === 'en') return;
    for (const text of Object.values(refusals).flatMap(Object.values))
      expect(originals.has(text), text).toBe(false);
  });
});
