import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureKeyFiles, keyFilesOf, readKeyFile } from './key-file.js';
import { createKeyStore } from './key-store.js';

const start = new Date('2026-11-24T12:00:00Z');

describe('createKeyStore', () => {
  let folder: string;
  let file: string;
  let now: Date;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-key-store-'));
    await ensureKeyFiles(folder, 'dk');
    file = keyFilesOf(folder, 'dk').public;
    now = start;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const pass = (milliseconds: number) => (now = new Date(now.getTime() + milliseconds));
  const createStore = (path = file) =>
    createKeyStore({ files: new Map([['dk', path]]), clock: () => now });
  /** Writes a key set so that the change of the file is noticed. */
  const write = async (keys: readonly object[]) => {
    const { mtimeMs } = await stat(file);
    await writeFile(file, JSON.stringify({ keys }));
    await utimes(file, new Date(), new Date(mtimeMs + 1_000));
  };
  const readUses = async () => {
    const { keys } = await readKeyFile(file);
    const [signing] = keys.filter(({ use }) => use === 'sig');
    const [agreement] = keys.filter(({ use }) => use === 'enc');
    if (!signing || !agreement) throw new Error('The file has no such keys.');
    return { signing, agreement };
  };

  it('returns signing and agreement keys by their use', async () => {
    const store = createStore();
    const { signing, agreement } = await readUses();
    expect(await store.signingKeysOf('dk')).toEqual([signing]);
    expect(await store.agreementKeysOf('dk')).toEqual([agreement]);
    expect(await store.problemOf('dk')).toBeUndefined();
  });

  it('treats a key without a use as a signing key', async () => {
    const { signing, agreement } = await readUses();
    const { use: _, ...plain } = signing;
    await write([plain, agreement]);
    const store = createStore();
    expect(await store.signingKeysOf('dk')).toEqual([plain]);
    expect(await store.agreementKeysOf('dk')).toEqual([agreement]);
    expect(await store.problemOf('dk')).toBeUndefined();
  });

  it('has the date of the file, which changes with it', async () => {
    const store = createStore();
    await utimes(file, start, start);
    expect(await store.changedAt('dk')).toEqual(start);
    const { signing, agreement } = await readUses();
    await write([signing, agreement]);
    pass(4_000);
    expect(await store.changedAt('dk')).toEqual(new Date(start.getTime() + 1_000));
    expect(await store.changedAt('no')).toBeUndefined();
  });

  it('has no keys of an unregistered organisation, and says so', async () => {
    const store = createStore();
    expect(await store.signingKeysOf('no')).toEqual([]);
    expect(await store.agreementKeysOf('no')).toEqual([]);
    expect(await store.problemOf('no')).toBe('MISSING');
    expect(await store.signingKeysOf('__proto__')).toEqual([]);
  });

  it.each(['signing', 'agreement'] as const)('reports missing %s keys', async (kind) => {
    const keys = await readUses();
    await write([kind === 'signing' ? keys.agreement : keys.signing]);
    const store = createStore();
    expect(await store.problemOf('dk')).toBe('INCOMPLETE');
    const left = [...(await store.signingKeysOf('dk')), ...(await store.agreementKeysOf('dk'))];
    expect(left).toHaveLength(1);
  });

  it('reports an unreadable file, and returns no earlier keys', async () => {
    const store = createStore();
    expect(await store.signingKeysOf('dk')).toHaveLength(1);
    await writeFile(file, 'no keys');
    pass(4_000);
    expect(await store.signingKeysOf('dk')).toEqual([]);
    expect(await store.agreementKeysOf('dk')).toEqual([]);
    expect(await store.problemOf('dk')).toBe('UNREADABLE');
  });

  it('reports a folder in the place of the file as unreadable', async () => {
    await mkdir(join(folder, 'in-its-place'));
    expect(await createStore(join(folder, 'in-its-place')).problemOf('dk')).toBe('UNREADABLE');
  });

  it('reports a missing file, and checks again at once', async () => {
    const text = await readFile(file);
    await rm(file);
    const store = createStore();
    expect(await store.problemOf('dk')).toBe('MISSING');
    await writeFile(file, text);
    expect(await store.problemOf('dk')).toBeUndefined();
    expect(await store.signingKeysOf('dk')).toHaveLength(1);
  });

  it('reads replaced keys after four seconds, and not before', async () => {
    const store = createStore();
    const before = await store.signingKeysOf('dk');
    const { agreement } = await readUses();
    const next = { ...before[0], kid: 'the next one' };
    await write([next, agreement]);
    pass(3_999);
    expect(await store.signingKeysOf('dk')).toBe(before);
    pass(1);
    expect(await store.signingKeysOf('dk')).toEqual([next]);
  });

  it('returns the same objects while the file is the same', async () => {
    const store = createStore();
    const before = await store.signingKeysOf('dk');
    pass(60_000);
    expect(await store.signingKeysOf('dk')).toBe(before);
    expect(await store.problemOf('dk')).toBeUndefined();
    pass(3_999);
    await rm(file);
    expect(await store.signingKeysOf('dk'), 'looked at 3.999 seconds ago').toBe(before);
  });

  it('reads the file again when the clock is set back', async () => {
    const store = createStore();
    await store.signingKeysOf('dk');
    await rm(file);
    pass(-4_000);
    expect(await store.signingKeysOf('dk')).toEqual([]);
  });

  it('reads the file once for simultaneous callers', async () => {
    const store = createStore();
    const asked = await Promise.all(Array.from({ length: 5 }, () => store.signingKeysOf('dk')));
    expect(new Set(asked).size).toBe(1);
  });
});
