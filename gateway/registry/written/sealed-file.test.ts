// cspell:ignore sacond
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSpoilt, readSealed, readTrusted, removeSealed, writeSealed } from './sealed-file.js';

describe('a sealed file', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sealed-'));
    file = join(folder, 'members.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is read as it was written last', async () => {
    expect(readSealed(file)).toBeUndefined();
    await writeSealed(file, 'first\n');
    await writeSealed(file, 'second\n');
    expect(readSealed(file)).toBe('second\n');
    expect(await readFile(file, 'utf8')).toBe('second\n');
    expect(isSpoilt(file)).toBe(false);
    await removeSealed(file);
    expect(readSealed(file)).toBeUndefined();
  });

  it.each([
    ['the file is cut off', (path: string) => truncate(path, 3)],
    ['the file is changed', (path: string) => writeFile(path, 'third\n')],
    ['the file is lost', (path: string) => rm(path)],
    ['the sealed one is cut off', (path: string) => truncate(`${path}.sealed`, 66)],
    ['the sealed one is emptied', (path: string) => truncate(`${path}.sealed`, 0)],
    ['the seal is changed', (path: string) => writeFile(`${path}.sealed`, '0\nsecond\n')],
    ['the file is a folder', (path: string) => rm(path).then(() => mkdir(path))],
    [
      'the sealed one is a folder',
      (path: string) => rm(`${path}.sealed`).then(() => mkdir(`${path}.sealed`)),
    ],
  ])('is whole and reported if %s', async (_how, spoil) => {
    await writeSealed(file, 'second\n');
    await spoil(file);
    expect(readSealed(file)).toBe('second\n');
    expect(isSpoilt(file)).toBe(true);
  });

  it.each([
    ['emptied', (path: string) => truncate(path, 0)],
    ['cut off', (path: string) => truncate(path, 100)],
    ['removed', (path: string) => rm(path)],
    ['folders', (path: string) => rm(path).then(() => mkdir(path))],
  ])('is lost if both are %s, and never half of it', async (_how, spoil) => {
    await writeSealed(file, 'second\n'.repeat(30));
    await spoil(file);
    await spoil(`${file}.sealed`);
    expect(readTrusted(file)).toBeUndefined();
    expect(['', undefined]).toContain(readSealed(file));
  });

  it('may be written by hand, as long as no command has', async () => {
    await writeFile(file, 'by hand');
    expect(readSealed(file)).toBe('by hand');
    expect(isSpoilt(file)).toBe(false);
  });
});
