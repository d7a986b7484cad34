import { describe, expect, it } from 'vitest';
import { describeFileFault } from './file-fault.js';

describe('describeFileFault', () => {
  const fail = (code: string, path?: string) => Object.assign(new Error(code), { code, path });

  it.each([
    'EACCES',
    'ENOTDIR',
    'ELOOP',
    'ENOSPC',
    'EROFS',
    'EIO',
    'SQLITE_CANTOPEN',
    'SQLITE_FULL',
  ])('names the file and what to do: %s', (code) => {
    expect(describeFileFault(fail(code, '/a/b'), '/c')).toMatch(
      new RegExp(`^/a/b .+\\. .+ \\(${code}\\)\\.$`),
    );
    expect(describeFileFault({ driverError: fail(code) }, '/c')).toMatch(/^\/c /);
  });

  it('leaves other errors unchanged', () => {
    expect(describeFileFault(new Error('EACCES'), '/c')).toBeUndefined();
    expect(describeFileFault(fail('SQLITE_CONSTRAINT'), '/c')).toBeUndefined();
  });
});
