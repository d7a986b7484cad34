import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageFile } from './package-file.js';

describe('packageFile', () => {
  it('finds a file of the package from its sources', () => {
    expect(existsSync(packageFile(import.meta.url, 'database/seed/read-table.ts'))).toBe(true);
  });

  it('finds the same file from the compiled code', () => {
    const compiled = new URL('../dist/seed/package-file.js', import.meta.url).href;
    expect(packageFile(compiled, 'a.csv')).toEqual(packageFile(import.meta.url, 'a.csv'));
  });

  it('refuses a module that lies in no package', () => {
    expect(() => packageFile('file:///nowhere/at/all.js', 'a.csv')).toThrow('lies in no package');
  });
});
