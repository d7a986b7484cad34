import { calculateJwkThumbprint } from 'jose';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { signToken, verifyToken } from '../token.js';
import {
  ensureFirstKeyFiles,
  ensureKeyFiles,
  KeyFileError,
  keyFilesOf,
  readKeyFile,
} from './key-file.js';
import { createKeyStore } from './key-store.js';

async function createFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-keys-'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

describe('ensureKeyFiles', () => {
  it('creates a signing and an agreement key that only their owner can read', async () => {
    await using made = await createFolder();
    await ensureKeyFiles(join(made.folder, 'keys'), 'no');
    const files = keyFilesOf(join(made.folder, 'keys'), 'no');
    const { keys } = await readKeyFile(files.private);
    expect(keys.map(({ crv, use }) => [crv, use])).toEqual([
      ['Ed25519', 'sig'],
      ['X25519', 'enc'],
    ]);
    expect((await stat(files.private)).mode & 0o777).toBe(0o600);
    expect(await readFile(files.public, 'utf8')).not.toContain('"d"');
    expect((await readKeyFile(files.public)).keys.map(({ x }) => x)).toEqual(
      keys.map(({ x }) => x),
    );
  });

  // A thread, in which mutants are tested, cannot set what its process allows.
  it.runIf(isMainThread)(
    'lets others read the public keys alone, whatever the process allows',
    async () => {
      await using made = await createFolder();
      const folder = join(made.folder, 'keys');
      const allowed = process.umask(0o077);
      try {
        await ensureKeyFiles(folder, 'no');
      } finally {
        process.umask(allowed);
      }
      const files = keyFilesOf(folder, 'no');
      expect((await stat(files.public)).mode & 0o777).toBe(0o644);
      expect((await stat(files.private)).mode & 0o777).toBe(0o600);
    },
  );

  it('names each key by its thumbprint (RFC 7638), and what it is for', async () => {
    await using made = await createFolder();
    await ensureKeyFiles(made.folder, 'no');
    const { keys } = await readKeyFile(keyFilesOf(made.folder, 'no').public);
    const ids = await Promise.all(keys.map((key) => calculateJwkThumbprint(key)));
    expect(keys).toEqual([
      { kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: ids[0], use: 'sig', alg: 'EdDSA' },
      { kty: 'OKP', crv: 'X25519', x: expect.any(String), kid: ids[1], use: 'enc' },
    ]);
  });

  it('keeps existing keys, also if many processes start together', async () => {
    await using made = await createFolder();
    await Promise.all(Array.from({ length: 10 }, () => ensureKeyFiles(made.folder, 'no')));
    const files = keyFilesOf(made.folder, 'no');
    const first = await readFile(files.private, 'utf8');
    await ensureKeyFiles(made.folder, 'no');
    expect(await readFile(files.private, 'utf8')).toBe(first);
    const [key] = (await readKeyFile(files.private)).keys;
    expect((await readKeyFile(files.public)).keys[0]?.x).toBe(key?.x);
    expect(await readdir(made.folder)).toEqual(['no.private.json', 'no.public.json']);
  });

  it.each(['{"keys":', '{"keys":[]}', '{"keys":[{"kid":"no"}]}', '{}'])(
    'does not replace a file that is not a key set: %s',
    async (text) => {
      await using made = await createFolder();
      const { private: file } = keyFilesOf(made.folder, 'no');
      await writeFile(file, text);
      const ensuring = ensureKeyFiles(made.folder, 'no');
      await expect(ensuring).rejects.toThrow(KeyFileError);
      await expect(ensuring).rejects.toThrow(`${file} is not a JSON Web Key Set.`);
      expect(await readFile(file, 'utf8')).toBe(text);
    },
  );
});

describe('KeyFileError', () => {
  it('is thrown for public keys that cannot be read, and they are not replaced', async () => {
    await using made = await createFolder();
    await ensureKeyFiles(made.folder, 'no');
    const { public: file } = keyFilesOf(made.folder, 'no');
    await writeFile(file, '{"keys":');
    await expect(ensureKeyFiles(made.folder, 'no')).rejects.toThrow(KeyFileError);
    expect(await readFile(file, 'utf8')).toBe('{"keys":');
  });
});

describe('PRIVATE_KEYS_MISSING', () => {
  it('is raised for a folder with only the public keys, and no keys are created', async () => {
    await using made = await createFolder();
    await ensureKeyFiles(made.folder, 'no');
    const files = keyFilesOf(made.folder, 'no');
    const known = await readFile(files.public, 'utf8');
    await rm(files.private);
    const ensuring = ensureKeyFiles(made.folder, 'no');
    await expect(ensuring).rejects.toThrow(KeyFileError);
    await expect(ensuring).rejects.toThrow(`PRIVATE_KEYS_MISSING: ${files.private} is missing`);
    await expect(ensuring).rejects.toThrow(/Restore it from a back-up\. If it is lost, remove/);
    await expect(ensuring).rejects.toThrow(/Then send the new public keys to everybody/);
    expect(await readdir(made.folder)).toEqual(['no.public.json']);
    expect(await readFile(files.public, 'utf8')).toBe(known);
  });

  it('is not raised for a lost public file, because its keys are in the private one', async () => {
    await using made = await createFolder();
    await ensureKeyFiles(made.folder, 'no');
    const files = keyFilesOf(made.folder, 'no');
    const known = await readFile(files.public, 'utf8');
    await rm(files.public);
    await ensureKeyFiles(made.folder, 'no');
    expect(await readFile(files.public, 'utf8')).toBe(known);
  });
});

describe('ensureFirstKeyFiles', () => {
  it('creates keys if there are none', async () => {
    await using made = await createFolder();
    await ensureFirstKeyFiles(made.folder, 'hub');
    expect(await readdir(made.folder)).toEqual(['hub.private.json', 'hub.public.json']);
  });

  it.each(['private', 'public'] as const)(
    'does not complete a pair of which only the %s half exists',
    async (half) => {
      await using made = await createFolder();
      await ensureKeyFiles(made.folder, 'hub');
      await rm(keyFilesOf(made.folder, 'hub')[half === 'private' ? 'public' : 'private']);
      await ensureFirstKeyFiles(made.folder, 'hub');
      expect(await readdir(made.folder)).toEqual([`hub.${half}.json`]);
    },
  );
});

describe('readKeyFile', () => {
  it('names a missing file, and its cause', async () => {
    await using made = await createFolder();
    const { private: file } = keyFilesOf(made.folder, 'no');
    await expect(readKeyFile(file)).rejects.toMatchObject({
      name: 'KeyFileError',
      message: `The keys in ${file} cannot be read.`,
      cause: { code: 'ENOENT' },
    });
  });
});

describe('createKeyStore', () => {
  it('reads keys that are created or replaced while it runs', async () => {
    await using made = await createFolder();
    let now = new Date('2026-11-24T12:00:00Z');
    const clock = () => now;
    const keys = createKeyStore({
      files: new Map([['no', keyFilesOf(made.folder, 'no').public]]),
      clock,
    });
    expect(await keys.signingKeysOf('no')).toEqual([]);
    expect(await keys.signingKeysOf('se')).toEqual([]);

    const sign = async () => {
      const [key] = (await readKeyFile(keyFilesOf(made.folder, 'no').private)).keys;
      if (!key) throw new Error('There is no key.');
      return signToken({
        key,
        organisation: 'no',
        subject: 'a',
        role: 'analyst',
        purpose: undefined,
        ttl: 60,
        clock,
      });
    };
    await ensureKeyFiles(made.folder, 'no');
    const before = await sign();
    expect(await verifyToken(before, { audience: 'hub', keys, clock })).toMatchObject({
      bearer: { organisation: 'no' },
    });

    await Promise.all(Object.values(keyFilesOf(made.folder, 'no')).map((file) => rm(file)));
    await ensureKeyFiles(made.folder, 'no');
    now = new Date(now.getTime() + 5_000);
    await expect(verifyToken(before, { audience: 'hub', keys, clock })).rejects.toThrow();
    expect(await verifyToken(await sign(), { audience: 'hub', keys, clock })).toMatchObject({
      bearer: { organisation: 'no' },
    });
  });
});
