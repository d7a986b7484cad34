import { catalogue } from '@hub/shared/errors';
import { describe, expect, it } from 'vitest';
import { listFiles, readFile } from './read-tree.js';

/** Codes that the contract has and nothing raises yet, with the work that brings them. A raised one is taken out. */
const awaited: Partial<Record<keyof typeof catalogue, string>> = {
  PARTNER_QUARANTINED: 'A partner joins, changes its schema, rests and leaves',
};

// The fault proxy’s own tests forge codes; this file names them all.
const tests = listFiles()
  .filter(
    (path) => path.endsWith('.test.ts') && !/^(shared\/testing|test\/architecture)\//.test(path),
  )
  .map(readFile);

const names = (code: string, text: string) => new RegExp(`\\b${code}\\b`).test(text);

/** A test that goes through partners’ statuses names the status, and the code with a template. */
const isRaised = (code: string) =>
  tests.some(
    (text) =>
      names(code, text) ||
      (code.startsWith('PARTNER_') &&
        names(code.slice('PARTNER_'.length), text) &&
        text.includes('PARTNER_')),
  );

describe('the error catalogue', () => {
  it('has no code that no test raises', () => {
    const codes = Object.keys(catalogue) as (keyof typeof catalogue)[];
    expect(codes.filter((code) => !awaited[code] && !isRaised(code))).toEqual([]);
  });

  it('awaits no code that a test raises', () => {
    const isNamed = (code: string) => tests.some((text) => names(code, text));
    expect(Object.keys(awaited).filter(isNamed)).toEqual([]);
  });

  it('has a sentence for each column, which ends', () => {
    for (const [code, { message, when, howToFix, status }] of Object.entries(catalogue)) {
      for (const text of [message, when, howToFix]) expect(text, code).toMatch(/^[A-Z].*\.$/);
      expect(status, code).toBeGreaterThanOrEqual(400);
    }
  });
});
