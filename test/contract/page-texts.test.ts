import { catalogue, programmeRules, ruleSituations } from '@hub/shared/errors';
import { describe, expect, it } from 'vitest';
import { TaskKind } from '../../subgraphs/nbnp/entities/vocabulary.js';
import { warningCatalogue } from '../../subgraphs/nbnp/warnings/catalogue.js';

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The pages are built by a compiler of their own, so their modules are loaded by name. */
async function readWords(code: string): Promise<Texts> {
  const { href } = new URL(`../../gateway/explorer/words/${code}.ts`, import.meta.url);
  const { words, en } = (await import(href)) as { readonly words?: Texts; readonly en?: Texts };
  return words ?? en ?? {};
}
const others = await Promise.all(
  ['ru', 'da', 'et'].map(async (code) => [code, await readWords(code)] as const),
);
const languages = [['en', await readWords('en')], ...others] as const;
const of = (words: Texts, group: string) => words[group] ?? {};
const sorted = (record: object) => Object.keys(record).toSorted();
const situations = Object.assign({}, ...Object.values(ruleSituations)) as Readonly<
  Record<string, string>
>;

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
    const english = new Set<string>(Object.values({ ...programmeRules, ...situations }));
    for (const group of ['rules', 'situations', 'codes'])
      for (const [name, text] of Object.entries(of(words, group))) {
        expect(text.replaceAll('{{argument}}', ''), name).toMatch(alphabet);
        expect(english.has(text), name).toBe(false);
      }
  });
});
