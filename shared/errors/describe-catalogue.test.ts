import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.js';
import { describeCatalogue } from './describe-catalogue.js';
import { programmeRules, ruleSituations, sentenceOfRule, violateRule } from './rules.js';

const page = readFileSync(new URL('codes.md', import.meta.url), 'utf8');

describe('shared/errors/codes.md', () => {
  it('matches the catalogue (npm run docs:emit)', () => {
    expect(page).toBe(describeCatalogue());
  });

  it('has a row for each code and each rule, and no other', () => {
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (?!`[A-Z_]+` \|)/gm)].map(
      ([, code]) => code,
    );
    expect(rows).toEqual([...Object.keys(catalogue), ...Object.keys(programmeRules)]);
  });
});

describe('a rule with several situations', () => {
  const all = programmeRules.HOST_COUNTRY;
  const situations = Object.entries(ruleSituations.HOST_COUNTRY);

  it('has a sentence of its own for each', () => {
    expect(new Set([all, ...situations.map(([, text]) => text)]).size).toBe(situations.length + 1);
    for (const [situation, text] of situations) {
      expect(sentenceOfRule('HOST_COUNTRY', situation)).toBe(text);
      expect(page).toContain(`| \`HOST_COUNTRY\` | \`${situation}\` | ${text} |`);
    }
  });

  it.each([undefined, 'toString', 'OFFICE', 7])('says the whole rule for %s', (situation) => {
    expect(sentenceOfRule('HOST_COUNTRY', situation)).toBe(all);
    expect(sentenceOfRule('CLOSED', 'NOT_RUSSIA')).toBe(programmeRules.CLOSED);
  });

  it('is refused with the rule, the argument, the situation and its sentence', () => {
    const refuse = () => violateRule('HOST_COUNTRY', 'input.office', 'OFFICE_ELSEWHERE');
    expect(refuse).toThrow(ruleSituations.HOST_COUNTRY.OFFICE_ELSEWHERE);
    expect(refuse).toThrow(
      expect.objectContaining({
        extensions: {
          code: 'RULE_VIOLATED',
          rule: 'HOST_COUNTRY',
          situation: 'OFFICE_ELSEWHERE',
          argument: 'input.office',
        },
      }),
    );
  });
});
