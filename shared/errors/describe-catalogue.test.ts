import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.js';
import { describeCatalogue } from './describe-catalogue.js';
import { programmeRules } from './rules.js';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');

describe('shared/errors/README.md', () => {
  it('matches the catalogue (npm run docs:emit)', () => {
    expect(readme).toBe(describeCatalogue());
  });

  it('has a row for each code and each rule, and no other', () => {
    const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
    expect(rows).toEqual([...Object.keys(catalogue), ...Object.keys(programmeRules)]);
  });
});
