import {
  createKeyStore,
  deriveChannel,
  ensureKeyFiles,
  hubIssuer,
  KeyFileError,
  keyFilesOf,
  type KeyStore,
  type Reader,
  readKeyFile,
} from '@hub/shared/identity';
import { inner } from '@hub/shared/testing';
import type { JWK } from 'jose';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRequestSigner } from './sign-request.js';

const start = new Date('2009-09-13T10:00:00Z');
const request = { method: 'POST', path: '/graphql', body: '{}' };
const person = (subject: string): Reader =>
  Object.freeze({
    kind: 'person',
    organisation: 'dk',
    subject,
    role: 'analyst',
    purpose: undefined,
  });

describe('createRequestSigner', () => {
  let folder: string;
  let own: KeyStore;
  let partners: KeyStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-signer-'));
    for (const code of [hubIssuer, 'dk', 'no']) await ensureKeyFiles(folder, code);
    const store = (code: string, kind: 'private' | 'public') =>
      createKeyStore({ files: new Map([[code, keyFilesOf(folder, code)[kind]]]) });
    own = store(hubIssuer, 'private');
    partners = store('dk', 'public');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A signer. The test sets its time and the partners’ keys. */
  function openSigner() {
    const state = { now: start, asked: 0, keys: undefined as readonly JWK[] | undefined };
    const partnerKeys: KeyStore = {
      signingKeysOf: (code) => partners.signingKeysOf(code),
      async agreementKeysOf(code) {
        state.asked += 1;
        return state.keys ?? partners.agreementKeysOf(code);
      },
    };
    const sign = createRequestSigner({
      ownKeys: own,
      partnerKeys,
      findError: async (code) => `The keys of ${code} are gone.`,
      clock: () => state.now,
    });
    const pass = (ms: number) => (state.now = new Date(state.now.getTime() + ms));
    return { state, sign, pass };
  }

  it('signs synchronously for a caller of the same partner a moment ago, each request anew', async () => {
    const { sign, state } = openSigner();
    const reader = person('jane');
    const first = await sign('dk', request, reader);
    const second = sign('dk', request, reader);
    expect(second).not.toBeInstanceOf(Promise);
    expect(second).toMatchObject({ 'hub-assertion': first['hub-assertion'], 'hub-partner': 'dk' });
    expect(await second).not.toMatchObject({ signature: first['signature'] });
    expect(state.asked).toBe(1);
  });

  it('makes signatures that the partner accepts', async () => {
    const { sign } = openSigner();
    const [hub, dk] = await Promise.all(
      [keyFilesOf(folder, hubIssuer).public, keyFilesOf(folder, 'dk').private].map(
        async (file) => (await readKeyFile(file)).keys.find(({ use }) => use === 'enc') ?? {},
      ),
    );
    const channel = deriveChannel(dk ?? {}, hub ?? {}, `${hub?.kid}`, `${dk?.kid}`);
    const verify = inner.createRequestVerifier({
      partner: 'dk',
      channelOf: async (id) => (id === channel.id ? channel : undefined),
      replays: { isFirst: () => true },
      clock: () => start,
    });
    const reader = person('jane');
    for (let time = 0; time < 2; time += 1) {
      const headers = await sign('dk', request, reader);
      expect((await verify({ ...request, headers })).assertion).toBe(headers['hub-assertion']);
    }
  });

  it('signs with a key that replaces another one under the same kid', async () => {
    const { sign, state, pass } = openSigner();
    const reader = person('jane');
    await sign('dk', request, reader);
    const keyIn = async (file: string): Promise<JWK> =>
      (await readKeyFile(file)).keys.find(({ use }) => use === 'enc') ?? {};
    const [hub, { kid }, newPublic, newPrivate] = await Promise.all([
      keyIn(keyFilesOf(folder, hubIssuer).public),
      keyIn(keyFilesOf(folder, 'dk').public),
      keyIn(keyFilesOf(folder, 'no').public),
      keyIn(keyFilesOf(folder, 'no').private),
    ]);
    state.keys = [{ ...newPublic, kid }];
    pass(1_000);
    const headers = await sign('dk', request, reader);
    const channel = deriveChannel(newPrivate, hub, `${hub.kid}`, `${kid}`);
    const verify = inner.createRequestVerifier({
      partner: 'dk',
      channelOf: async () => channel,
      replays: { isFirst: () => true },
      clock: () => state.now,
    });
    await expect(verify({ ...request, headers })).resolves.toBeDefined();
  });

  it('identifies each caller', async () => {
    const { sign } = openSigner();
    const said = await Promise.all(
      [person('jane'), person('joe')].map(async (reader) => sign('dk', request, reader)),
    );
    expect(said[0]?.['hub-assertion']).not.toBe(said[1]?.['hub-assertion']);
  });

  it('reads the keys again after a second, and when the clock was set back', async () => {
    const { sign, state, pass } = openSigner();
    const reader = person('jane');
    await sign('dk', request, reader);
    pass(999);
    await sign('dk', request, reader);
    expect(state.asked).toBe(1);
    pass(1);
    await sign('dk', request, reader);
    expect(state.asked).toBe(2);
    pass(-500);
    await sign('dk', request, reader);
    expect(state.asked).toBe(3);
  });

  it('says why it cannot sign for a partner whose keys are missing or were removed', async () => {
    const { sign, state, pass } = openSigner();
    const reader = person('jane');
    await expect(sign('no', request, reader)).rejects.toThrow(
      new KeyFileError('The keys of no are gone.'),
    );
    expect(await sign('dk', request, reader)).toMatchObject({ 'hub-partner': 'dk' });
    state.keys = [];
    pass(1_000);
    await expect(sign('dk', request, reader)).rejects.toThrow(
      new KeyFileError('The keys of dk are gone.'),
    );
  });
});
