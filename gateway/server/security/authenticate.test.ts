import {
  anonymous,
  createKeyStore,
  ensureKeyFiles,
  keyFilesOf,
  readKeyFile,
  tokens,
} from '@hub/shared/identity';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthenticate, type Authenticate } from './authenticate.js';

const clock = () => new Date('2026-11-24T12:00:00Z');

describe('UNAUTHENTICATED', () => {
  let folder: string, authenticate: Authenticate;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-authenticate-'));
    await Promise.all(['no', 'se'].map((code) => ensureKeyFiles(folder, code)));
    // Sweden has keys, but is not registered.
    const keys = createKeyStore({ files: new Map([['no', keyFilesOf(folder, 'no').public]]) });
    authenticate = createAuthenticate({ keys, clock });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const sign = async (organisation: string, ttl = 60) => {
    const [key] = (await readKeyFile(keyFilesOf(folder, organisation).private)).keys;
    if (!key) throw new Error('There is no key.');
    return tokens.signToken({
      key,
      organisation,
      subject: 'anna',
      role: 'liaison',
      purpose: 'hosting',
      ttl,
      clock,
    });
  };
  const refuse = (header: string) =>
    expect(authenticate(header), header).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });

  it('is not raised without a token: the caller is anonymous', async () => {
    expect(await authenticate(undefined)).toBe(anonymous);
  });

  it('is not raised for a valid token, which identifies the caller', async () => {
    const reader = {
      kind: 'person',
      organisation: 'no',
      subject: 'anna',
      role: 'liaison',
      purpose: 'hosting',
    };
    expect(await authenticate(`Bearer ${await sign('no')}`)).toEqual(reader);
    expect(await authenticate(`bearer  ${await sign('no')}`)).toEqual(reader);
  });

  it('is raised for a header without a token', async () => {
    for (const header of [
      '',
      'Bearer',
      'Bearer ',
      'Basic YTpi',
      'Bearer a b',
      `Bearer ${await sign('no')}, Bearer x`,
    ]) {
      await refuse(header);
    }
  });

  it('is raised for a forged and for an expired token', async () => {
    await refuse(`Bearer ${await sign('se')}`);
    await refuse(`Bearer ${await sign('no', -60)}`);
    await refuse(`Bearer ${(await sign('no')).slice(0, -4)}`);
    await refuse(`Token ${await sign('no')}`);
  });

  it('is raised for a token that was valid, once it expires or its key is removed', async () => {
    let now = clock();
    const file = keyFilesOf(folder, 'dk').public;
    await ensureKeyFiles(folder, 'dk');
    const files = new Map([['dk', file]]);
    const known = createAuthenticate({
      keys: createKeyStore({ files, recheckMs: 0, clock: () => now }),
      clock: () => now,
    });
    const header = `Bearer ${await sign('dk')}`;
    const reader = await known(header);
    expect(await known(header), 'verified once').toBe(reader);
    now = new Date(now.getTime() + 66_000);
    await expect(known(header), 'too old').rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    now = clock();
    expect(await known(header)).toEqual(reader);
    await rm(file);
    now = new Date(now.getTime() + 1_000);
    await expect(known(header), 'no key').rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
