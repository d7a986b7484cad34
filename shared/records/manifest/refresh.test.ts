import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureKeyFiles, keyFilesOf } from '../../identity/keys/key-file.js';
import { createKeyStore } from '../../identity/keys/key-store.js';
import { signToken } from '../../identity/token.js';
import { createRefreshVerifier, refreshPath, signRefresh } from './refresh.js';

const start = new Date('2026-11-26T18:00:00Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000);
const refused = { code: 'UNAUTHENTICATED' };

describe('POST /registry/refresh', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-refresh-'));
    for (const code of ['hub', 'dk', 'no']) await ensureKeyFiles(folder, code);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const keysOf = (half: 'private' | 'public', ...codes: string[]) =>
    createKeyStore({ files: new Map(codes.map((code) => [code, keyFilesOf(folder, code)[half]])) });
  const createVerifier = (clock = () => start) =>
    createRefreshVerifier({
      ownKeys: keysOf('private', 'hub'),
      partnerKeys: keysOf('public', 'dk', 'no'),
      clock,
    });
  const sign = (partner = 'dk', now = start) =>
    signRefresh({
      partner,
      ownKeys: keysOf('private', partner),
      hubKeys: keysOf('public', 'hub'),
      clock: () => now,
    });
  const send = (headers: Record<string, string>, body = '', path = refreshPath) => ({
    method: 'POST',
    path,
    body,
    headers,
  });

  it('says which partner sent it', async () => {
    const verify = createVerifier();
    expect(await verify(send(await sign('dk')))).toBe('dk');
    expect(await verify(send(await sign('no')))).toBe('no');
  });

  it('is accepted once', async () => {
    const verify = createVerifier();
    const request = send(await sign());
    await verify(request);
    await expect(verify(request)).rejects.toMatchObject(refused);
  });

  it('is refused unsigned, changed, for another path, and late', async () => {
    const verify = createVerifier();
    await expect(verify(send({}))).rejects.toMatchObject(refused);
    await expect(verify(send(await sign(), '{}'))).rejects.toMatchObject(refused);
    await expect(verify(send(await sign(), '', '/graphql'))).rejects.toMatchObject(refused);
    const late = createVerifier(() => later(301));
    await expect(late(send(await sign()))).rejects.toMatchObject(refused);
  });

  it('is refused if the token is another partner’s than the shared secret', async () => {
    const [danish, norwegian] = [await sign('dk'), await sign('no')];
    const mixed = { ...danish, 'hub-assertion': `${norwegian['hub-assertion']}` };
    await expect(createVerifier()(send(mixed))).rejects.toMatchObject(refused);
  });

  it('is refused with a person’s token', async () => {
    const [key] = await keysOf('private', 'dk').signingKeysOf('dk');
    const person = await signToken({
      key: key!,
      organisation: 'dk',
      subject: 'anna',
      role: 'coordinator',
      purpose: undefined,
      ttl: 60,
      clock: () => start,
    });
    const request = send({ ...(await sign()), 'hub-assertion': person });
    await expect(createVerifier()(request)).rejects.toMatchObject({
      ...refused,
      extensions: { reason: 'ASSERTION' },
    });
  });

  it('is not signed without keys', async () => {
    await expect(sign('lt')).rejects.toThrow('lt lacks keys');
  });
});
