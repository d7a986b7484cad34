import { describe, expect, it } from 'vitest';
import { describeFileError } from './file-error.js';

describe('describeFileError', () => {
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
    expect(describeFileError(fail(code, '/a/b'), '/c')).toMatch(
      new RegExp(`^/a/b .+\\. .+ \\(${code}\\)\\.$`),
    );
    expect(describeFileError({ driverError: fail(code) }, '/c')).toMatch(/^\/c /);
  });

  it('leaves other errors unchanged', () => {
    expect(describeFileError(new Error('EACCES'), '/c')).toBeUndefined();
    expect(describeFileError(fail('SQLITE_CONSTRAINT'), '/c')).toBeUndefined();
  });
});
