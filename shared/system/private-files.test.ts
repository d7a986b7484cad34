import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closeDataFolder, closeFile, keepFilesPrivate } from './private-files.js';

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

function createFolder() {
  const path = mkdtempSync(join(tmpdir(), 'hub-private-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

describe.skipIf(process.platform === 'win32')('closeDataFolder', () => {
  it('makes files private, but not public keys', () => {
    using folder = createFolder();
    const data = join(folder.path, 'data');
    mkdirSync(join(data, 'databases'), { recursive: true, mode: 0o755 });
    mkdirSync(join(data, 'keys'), { mode: 0o755 });
    const files = {
      database: join(data, 'databases', 'dk.sqlite'),
      log: join(data, 'databases', 'dk.sqlite-wal'),
      ownKey: join(data, 'keys', 'dk.private.json'),
      publicKey: join(data, 'keys', 'dk.public.json'),
    };
    for (const file of Object.values(files)) writeFileSync(file, '');
    for (const file of Object.values(files)) chmodSync(file, 0o644);
    closeDataFolder(data);
    expect([data, join(data, 'databases'), join(data, 'keys')].map(modeOf)).toEqual([
      '700',
      '700',
      '700',
    ]);
    expect(modeOf(files.database)).toBe('600');
    expect(modeOf(files.log)).toBe('600');
    expect(modeOf(files.ownKey)).toBe('600');
    expect(modeOf(files.publicKey)).toBe('644');
  });

  it('leaves its owner what the owner may do, and takes what others may', () => {
    using folder = createFolder();
    const program = join(folder.path, 'program');
    const list = join(folder.path, 'read-only');
    for (const file of [program, list]) writeFileSync(file, '');
    chmodSync(program, 0o755);
    chmodSync(list, 0o444);
    closeDataFolder(folder.path);
    expect([program, list].map(modeOf)).toEqual(['700', '400']);
  });

  it('creates the folder for its own user only', () => {
    using folder = createFolder();
    closeDataFolder(join(folder.path, 'data'));
    expect(modeOf(join(folder.path, 'data'))).toBe('700');
  });
});

describe.skipIf(process.platform === 'win32')('closeFile', () => {
  it('does nothing without a file', () => {
    expect(() => closeFile(join(tmpdir(), 'hub-no-such-file'))).not.toThrow();
  });
});

describe.skipIf(process.platform === 'win32')('keepFilesPrivate', () => {
  it('makes new files private', () => {
    using folder = createFolder();
    const before = process.umask();
    try {
      keepFilesPrivate();
      writeFileSync(join(folder.path, 'file'), '');
      mkdirSync(join(folder.path, 'folder'));
    } finally {
      process.umask(before);
    }
    expect(modeOf(join(folder.path, 'file'))).toBe('600');
    expect(modeOf(join(folder.path, 'folder'))).toBe('700');
  });
});
