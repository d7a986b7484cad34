import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.js';
import { describeCatalogue } from './describe-catalogue.js';
import { programmeRules } from './rules.js';

const page = readFileSync(new URL('codes.md', import.meta.url), 'utf8');

describe('shared/errors/codes.md', () => {
  it('matches the catalogue (npm run docs:emit)', () => {
    expect(page).toBe(describeCatalogue());
  });

  it('has a row for each code and each rule, and no other', () => {
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
    expect(rows).toEqual([...Object.keys(catalogue), ...Object.keys(programmeRules)]);
  });
});
