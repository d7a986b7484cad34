import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeFile, replaceFile } from './place-file.js';

function createFolder() {
  const path = mkdtempSync(join(tmpdir(), 'hub-place-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

describe('replaceFile', () => {
  it('replaces the text and leaves no other file', async () => {
    using folder = createFolder();
    const file = join(folder.path, 'new', 'known.json');
    await replaceFile(file, 'first');
    await replaceFile(file, 'second');
    expect(readFileSync(file, 'utf8')).toBe('second');
    expect(readdirSync(join(folder.path, 'new'))).toEqual(['known.json']);
  });

  it.skipIf(process.platform === 'win32')(
    'makes the file readable for its owner only',
    async () => {
      using folder = createFolder();
      const file = join(folder.path, 'known.json');
      writeFileSync(file, 'open', { mode: 0o644 });
      await replaceFile(file, 'closed');
      expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    },
  );
});

describe('placeFile', () => {
  it('keeps an existing file', async () => {
    using folder = createFolder();
    const file = join(folder.path, 'keys.json');
    for (const name of ['first', 'second']) {
      const draft = join(folder.path, name);
      writeFileSync(draft, name);
      await placeFile(draft, file);
    }
    expect(readFileSync(file, 'utf8')).toBe('first');
  });
});
