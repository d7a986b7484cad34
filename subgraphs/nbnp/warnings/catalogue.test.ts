import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeWarnings, warningCatalogue } from './catalogue.js';

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

/** The tests of this room. Each code is raised in one of them. */
const tests = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.test.ts') && name !== 'catalogue.test.ts')
  .map((name) => read(name));

describe('the catalogue of warnings', () => {
  it('is printed in warnings.md (npm run docs:emit)', () => {
    expect(read('warnings.md')).toBe(describeWarnings());
  });

  it('has a row for each code, and no other', () => {
    const rows = [...read('warnings.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
    expect(rows).toEqual(Object.keys(warningCatalogue));
  });

  it('has no code that no test raises', () => {
    const codes = Object.keys(warningCatalogue);
    expect(codes.filter((code) => !tests.some((text) => text.includes(`'${code}'`)))).toEqual([]);
  });
});
