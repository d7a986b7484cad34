import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureKeyFiles, KeyFileError, keyFilesOf, type KeySet } from './key-file.js';
import { readPublicKeys } from './public-keys.js';

type Key = Record<string, unknown>;

let folder: string;
let signing: Key;
let agreement: Key;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-public-keys-'));
  await ensureKeyFiles(folder, 'pl');
  const text = await readFile(keyFilesOf(folder, 'pl').public, 'utf8');
  [signing = {}, agreement = {}] = (JSON.parse(text) as { keys: Key[] }).keys;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const readKeys = async (...keys: readonly unknown[]): Promise<KeySet> => {
  const path = join(folder, 'given.json');
  await writeFile(path, JSON.stringify({ keys }));
  return readPublicKeys(path);
};

describe('readPublicKeys', () => {
  it('returns the members of public keys, without what else the file says of them', async () => {
    expect(await readKeys({ ...signing, x5c: ['a certificate'] }, agreement)).toEqual({
      keys: [signing, agreement],
    });
  });

  it('treats a key without a use as a signing key, as the key store does', async () => {
    const { use: _, ...plain } = signing;
    expect(await readKeys(plain, agreement)).toEqual({ keys: [plain, agreement] });
  });

  it('follows a symbolic link, as a mounted secret is one', async () => {
    const link = join(folder, 'link.json');
    await symlink(keyFilesOf(folder, 'pl').public, link);
    expect((await readPublicKeys(link)).keys).toHaveLength(2);
  });
});

describe('PRIVATE_KEYS_GIVEN', () => {
  it('is raised for the file of private keys, and says what to do', async () => {
    const file = keyFilesOf(folder, 'pl').private;
    const secrets = (JSON.parse(await readFile(file, 'utf8')) as { keys: Key[] }).keys;
    const reading = readPublicKeys(file);
    await expect(reading).rejects.toThrow(KeyFileError);
    await expect(reading).rejects.toThrow(`PRIVATE_KEYS_GIVEN: ${file} has private keys`);
    await expect(reading).rejects.toThrow(/must replace them, .* \.public\.json/);
    const { message } = (await reading.catch((error: unknown) => error)) as Error;
    for (const { d } of secrets) expect(message).not.toContain(d);
  });

  it.each(['d', 'k', 'p', 'q', 'dp', 'dq', 'qi', 'oth'])(
    'is raised for one key with a private part %s',
    async (part) => {
      await expect(readKeys(signing, { ...agreement, [part]: 'AAAA' })).rejects.toThrow(
        'PRIVATE_KEYS_GIVEN',
      );
    },
  );
});

describe('PUBLIC_KEYS_INVALID', () => {
  it.each<[string, () => readonly unknown[], RegExp]>([
    ['no agreement key', () => [signing], /needs a key with use "enc"/],
    ['no signing key', () => [agreement], /needs a key with use "sig"/],
    ['a key for agreement that signs', () => [signing, { ...signing, use: 'enc' }], /key 2 /],
    ['a key for signing that agrees', () => [{ ...agreement, use: 'sig' }, agreement], /key 1 /],
    ['an unknown curve', () => [{ ...signing, crv: 'Ed448' }, agreement], /key 1 /],
    ['another use', () => [signing, agreement, { ...signing, kid: 'x', use: 'tls' }], /key 3 /],
    ['a truncated key', () => [signing, { ...agreement, x: 'AAAA' }], /key 2 /],
    ['a key of a megabyte', () => [signing, { ...agreement, x: 'A'.repeat(1_000_000) }], /KiB/],
    [
      'a key with which everybody agrees on nothing but zeros',
      () => [signing, { ...agreement, x: 'A'.repeat(43) }],
      /key 2 /,
    ],
    ['a key without a kid', () => [signing, { ...agreement, kid: undefined }], /key 2 .* kid/],
    [
      'two keys with one kid',
      () => [signing, { ...agreement, kid: signing['kid'] }],
      /key 2 .* kid/,
    ],
  ])('is raised for %s', async (_name, make, message) => {
    const reading = readKeys(...make());
    await expect(reading).rejects.toThrow(KeyFileError);
    await expect(reading).rejects.toThrow(message);
  });
});
