import { importJWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTestKeyPair, type TestKeyPair } from '../testing/key-pair.js';
import type { KeyStore } from './keys/key-store.js';
import { roles } from './reader.js';
import { type Provider, signToken, type SignTokenOptions, verifyToken } from './token.js';

const now = new Date('2026-11-24T12:00:00Z');
const clock = () => now;
const seconds = now.getTime() / 1000;

describe('VerifiedToken', () => {
  let no: TestKeyPair, foreign: TestKeyPair, keys: KeyStore;

  beforeAll(async () => {
    [no, foreign] = await Promise.all([createTestKeyPair('no-1'), createTestKeyPair('no-1')]);
    keys = {
      signingKeysOf: () => Promise.resolve([no.publicKey]),
      agreementKeysOf: () => Promise.resolve([]),
    };
  });

  const sign = (options: Partial<SignTokenOptions> = {}) =>
    signToken({
      key: no.key,
      organisation: 'no',
      subject: 'no:someone',
      role: 'coordinator',
      purpose: undefined,
      ttl: 60,
      clock,
      ...options,
    });
  /** A token of a provider, for an organisation. */
  const signAsProvider = async (issuer: string, org = 'no') =>
    new SignJWT({
      iss: issuer,
      org,
      sub: 'no:someone',
      role: 'analyst',
      aud: 'hub',
      exp: seconds + 60,
    })
      .setProtectedHeader({ alg: 'EdDSA', kid: no.key.kid })
      .sign(await importJWK(no.key));

  it('identifies a participant by her own record', async () => {
    const token = await sign({ role: 'participant', person: 'no:officer-1', subject: 'anna' });
    expect((await verifyToken(token, { audience: 'hub', keys, clock })).bearer).toEqual({
      kind: 'participant',
      organisation: 'no',
      subject: 'anna',
      person: 'no:officer-1',
      purpose: undefined,
    });
  });

  it.each([
    ['a participant without a record', 'participant', undefined],
    ['a participant with an empty one', 'participant', ''],
    ['a participant of another organisation', 'participant', 'se:officer-1'],
    ['a participant of a code that begins alike', 'participant', 'no2:officer-1'],
    ['a participant whose record has no owner', 'participant', 'officer-1'],
    ['a participant with an owner alone', 'participant', 'no:'],
    ...roles.map((role) => [`a record of a ${role}`, role, 'no:officer-1'] as const),
  ] as const)('is none of %s', async (_what, role, person) => {
    const token = await sign({ role, person });
    await expect(verifyToken(token, { audience: 'hub', keys, clock })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('is valid, once verified, until five seconds after its end', async () => {
    let at = now;
    const options = { audience: 'hub', keys, clock: () => at };
    const verified = await verifyToken(await sign(), options);
    const isInTime = (second: number) => {
      at = new Date((seconds + second) * 1_000);
      return verified.isInTime();
    };
    expect([0, 64, 65].map(isInTime)).toEqual([true, true, false]);
  });

  it('is invalid, once verified, if the clock is set back', async () => {
    let at = now;
    const options = { audience: 'hub', keys, clock: () => at };
    const verified = await verifyToken(await sign(), options);
    at = new Date(now.getTime() - 1);
    expect(verified.isInTime()).toBe(false);
  });

  it('is valid, once verified, as long as its key is', async () => {
    let own = [foreign.publicKey, no.publicKey];
    const store = { ...keys, signingKeysOf: () => Promise.resolve(own) };
    const verified = await verifyToken(await sign(), { audience: 'hub', keys: store, clock });
    expect(await verified.isByKnownKey()).toBe(true);
    own = [foreign.publicKey];
    expect(await verified.isByKnownKey()).toBe(false);
  });

  it('uses only the provider if the issuer has one, and is valid as long as the provider’s key is the same', async () => {
    const issuer = 'https://login.example.org';
    let key: unknown = await importJWK(no.publicKey, 'EdDSA');
    const headers: unknown[] = [];
    const provider = {
      organisation: 'no',
      keyFor: (header: unknown) => (headers.push(header), Promise.resolve(key)),
    } as unknown as Provider;
    const token = await signAsProvider(issuer);
    let at = now;
    const options = {
      audience: 'hub',
      keys: { ...keys, signingKeysOf: () => Promise.reject(new Error('asked')) },
      providers: (asked: string) => (asked === issuer ? provider : undefined),
      clock: () => at,
    };
    const verified = await verifyToken(token, options);
    expect(verified.bearer).toMatchObject({ organisation: 'no', subject: 'no:someone' });
    expect(await verified.isByKnownKey()).toBe(true);
    expect(headers[1]).toEqual(headers[0]);
    key = await importJWK(no.publicKey, 'EdDSA');
    expect(await verified.isByKnownKey()).toBe(false);
    expect(verified.isInTime()).toBe(true);
    at = new Date((seconds + 65) * 1_000);
    expect(verified.isInTime()).toBe(false);
    await expect(
      verifyToken(await signAsProvider(issuer, 'se'), { ...options, clock }),
    ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
