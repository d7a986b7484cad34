import type { JWK } from 'jose';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createKeySet, ensureKeyFiles, keyFilesOf, withoutPrivateParts } from './key-file.js';
import { createOwnKeys } from './own-keys.js';

/** A folder with the keys of one organisation. */
async function openKeys() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-own-keys-'));
  await ensureKeyFiles(folder, 'dk');
  const files = keyFilesOf(folder, 'dk');
  const write = (path: string) => (keys: readonly JWK[]) =>
    writeFile(path, JSON.stringify({ keys }));
  return {
    folder,
    files,
    writePrivate: write(files.private),
    writePublic: (keys: readonly JWK[]) => write(files.public)(keys.map(withoutPrivateParts)),
    problem: (privateKeys = files.private) =>
      createOwnKeys({ code: 'dk', privateKeys }).problemOf('dk'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function createPair() {
  const [signing, agreement] = (await createKeySet()).keys as [JWK, JWK];
  return { signing, agreement };
}

describe('createOwnKeys', () => {
  it('has the private keys by their use, and the date of their file', async () => {
    await using own = await openKeys();
    const { signing, agreement } = await createPair();
    await own.writePrivate([signing, agreement]);
    const keys = createOwnKeys({ code: 'dk', privateKeys: own.files.private });
    expect(await keys.signingKeysOf('dk')).toEqual([signing]);
    expect(await keys.agreementKeysOf('dk')).toEqual([agreement]);
    expect(await keys.changedAt('dk')).toBeInstanceOf(Date);
  });

  it('accepts keys that match the public ones beside them', async () => {
    await using own = await openKeys();
    expect(await own.problem()).toBeUndefined();
  });

  it('compares nothing if there are no public keys, or the file has another name', async () => {
    await using own = await openKeys();
    const other = await createPair();
    await own.writePublic([other.signing, other.agreement]);
    const elsewhere = join(own.folder, 'dk.json');
    await rename(own.files.private, elsewhere);
    expect(await own.problem(elsewhere)).toBeUndefined();
    await rename(elsewhere, own.files.private);
    await rm(own.files.public);
    expect(await own.problem()).toBeUndefined();
  });

  it('says what is wrong with the private keys first', async () => {
    await using own = await openKeys();
    await rm(own.files.private);
    expect(await own.problem()).toBe('MISSING');
    await writeFile(own.files.private, '{}');
    expect(await own.problem()).toBe('UNREADABLE');
  });

  it('is FOREIGN if one of the used keys is not among the public ones', async () => {
    await using own = await openKeys();
    const [one, other] = [await createPair(), await createPair()];
    await own.writePrivate([one.signing, one.agreement]);
    const publicKeys: readonly (readonly JWK[])[] = [
      [other.signing, one.agreement],
      [one.signing, other.agreement],
      // The same name, and another key; the same key, and another name.
      [{ ...other.signing, kid: one.signing.kid }, one.agreement],
      [{ ...one.signing, kid: 'other' }, one.agreement],
      [{ ...one.signing, crv: 'Ed448' }, one.agreement],
      [{ ...one.signing, y: 'AA' }, one.agreement],
    ];
    for (const keys of publicKeys) {
      await own.writePublic(keys);
      expect(await own.problem(), JSON.stringify(keys)).toBe('FOREIGN');
    }
    await own.writePublic([one.signing, one.agreement]);
    expect(await own.problem()).toBeUndefined();
  });

  it('accepts files in which keys are being replaced', async () => {
    await using own = await openKeys();
    const [old, next] = [await createPair(), await createPair()];
    await own.writePrivate([old.signing, old.agreement, next.signing, next.agreement]);
    await own.writePublic([next.signing, next.agreement, old.signing, old.agreement]);
    expect(await own.problem()).toBeUndefined();
    // The used keys are the first private signing key, and the first public agreement key.
    await own.writePublic([next.signing, next.agreement]);
    expect(await own.problem()).toBe('FOREIGN');
  });
});
