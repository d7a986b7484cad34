// cspell:ignore MIIB
import { importJWK, SignJWT, type JWTPayload } from 'jose';
import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { HubError } from '../errors/hub-error.js';
import { createTestKeyPair, type TestKeyPair } from '../testing/key-pair.js';
import type { KeyStore } from './keys/key-store.js';
import { signToken, verifyToken, type SignTokenOptions } from './token.js';

const now = new Date('2026-11-24T12:00:00Z');
const clock = () => now;
const seconds = now.getTime() / 1000;

describe('verifyToken', () => {
  let no: TestKeyPair, se: TestKeyPair, fi: TestKeyPair, foreign: TestKeyPair, keys: KeyStore;

  beforeAll(async () => {
    [no, se, fi, foreign] = await Promise.all([
      createTestKeyPair('no-1'),
      createTestKeyPair('se-1'),
      createTestKeyPair('fi-1', 'ES256'),
      createTestKeyPair('no-1'),
    ]);
    const registered = new Map([
      ['no', [no.publicKey]],
      ['se', [se.publicKey]],
      ['fi', [fi.publicKey]],
    ]);
    keys = {
      signingKeysOf: (organisation) => Promise.resolve(registered.get(organisation) ?? []),
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
  const verify = async (token: string, at = now) =>
    (await verifyToken(token, { audience: 'hub', keys, clock: () => at })).bearer;
  const refuse = async (token: string, at = now) => {
    const error: unknown = await verify(token, at).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HubError);
    expect(error).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The token is missing or not valid.',
    });
  };
  /** A token with any invalid part, whose signature is valid for the key. */
  const forge = async (payload: JWTPayload, header: object = {}, key = no.key) =>
    new SignJWT({
      iss: 'no',
      org: 'no',
      sub: 'no:someone',
      role: 'analyst',
      aud: 'hub',
      exp: seconds + 60,
      ...payload,
    })
      .setProtectedHeader({ alg: key.alg ?? '', kid: key.kid, ...header })
      .sign(await importJWK(key));

  it('identifies the bearer of a valid token', async () => {
    expect(await verify(await sign({ purpose: 'itinerary' }))).toEqual({
      kind: 'person',
      organisation: 'no',
      subject: 'no:someone',
      role: 'coordinator',
      purpose: 'itinerary',
    });
  });

  it('accepts ES256 from an organisation that has such a key', async () => {
    const token = await sign({ key: fi.key, organisation: 'fi' });
    expect(await verify(token)).toMatchObject({ organisation: 'fi', purpose: undefined });
  });

  it('needs neither nbf nor kid', async () => {
    expect(await verify(await forge({}, { kid: undefined }))).toMatchObject({ role: 'analyst' });
  });

  it('rejects an expired token, with five seconds for clocks that differ', async () => {
    const token = await sign();
    const at = (second: number) => new Date((seconds + second) * 1000);
    await verify(token, at(64));
    await refuse(token, at(66));
    await verify(token, at(-4));
    await refuse(token, at(-6));
  });

  it('accepts a token from five seconds ahead, and no later one, also without nbf', async () => {
    await verify(await forge({ iat: seconds + 5 }));
    await refuse(await forge({ iat: seconds + 5.001 }));
    await refuse(await forge({ iat: seconds + 6 }));
    await verify(await forge({ iat: seconds + 6 }), new Date((seconds + 1) * 1000));
    await refuse(await forge({ iat: seconds + 6 }), new Date((seconds + 1) * 1000 - 1));
    await verify(await forge({ iat: undefined }));
  });

  it('rejects a token that is valid for longer than a day, or without an end', async () => {
    await verify(await forge({ exp: seconds + 86_400 }));
    await refuse(await forge({ exp: seconds + 86_410 }));
    await refuse(await forge({ exp: undefined }));
  });

  it('rejects a token for another audience', async () => {
    await refuse(await sign({ audience: 'dk' }));
    await refuse(await forge({ aud: undefined }));
  });

  it('rejects an organisation that signs for another', async () => {
    await refuse(await sign({ key: se.key, organisation: 'no' }));
    await refuse(await forge({ org: 'se' }));
    await refuse(await forge({ iss: 'se' }));
    await refuse(await forge({ iss: 'se', org: 'se' }, { kid: 'se-1' }));
  });

  it('rejects an issuer that is not registered', async () => {
    await refuse(await sign({ organisation: 'hub' }));
    await refuse(await sign({ organisation: '__proto__' }));
    await refuse(await forge({ iss: undefined }));
  });

  it('rejects a token that names no issuer, without looking for keys', async () => {
    const asked: unknown[] = [];
    const store = {
      ...keys,
      signingKeysOf: (issuer: string) => (asked.push(issuer), Promise.resolve([no.publicKey])),
    };
    for (const iss of [undefined, 7, ['no']]) {
      const token = await forge({ iss } as JWTPayload);
      await expect(
        verifyToken(token, { audience: 'hub', keys: store, clock }),
      ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    expect(asked).toEqual([]);
  });

  it('rejects an unregistered key under any name', async () => {
    await refuse(await sign({ key: foreign.key }));
    await refuse(await sign({ key: { ...no.key, kid: 'unknown' } }));
  });

  it('ignores a key that the token contains or refers to', async () => {
    for (const header of [
      { jwk: foreign.publicKey },
      { jku: 'https://keys.example.org/jwks.json' },
      { x5u: 'https://keys.example.org/chain.pem' },
      { x5c: ['MIIB'] },
    ]) {
      await refuse(await forge({}, header, foreign.key));
      await verify(await forge({}, header));
    }
  });

  it('rejects critical header parameters', async () => {
    const token = await forge({});
    const [, payload, signature] = token.split('.');
    const header = { alg: 'EdDSA', kid: 'no-1', crit: ['b64'], b64: false };
    await refuse(`${encode(header)}.${payload}.${signature}`);
    const signed = await new SignJWT({
      iss: 'no',
      org: 'no',
      sub: 'a',
      role: 'analyst',
      aud: 'hub',
      exp: seconds + 60,
    })
      .setProtectedHeader({ alg: 'EdDSA', crit: ['x-mine'], 'x-mine': true })
      .sign(await importJWK(no.key), { crit: { 'x-mine': true } });
    await refuse(signed);
  });

  it('rejects alg none, and HS256 with the public key as its secret', async () => {
    const [, payload] = (await sign()).split('.');
    for (const alg of ['none', 'None', 'NONE']) {
      await refuse(`${encode({ alg, typ: 'JWT' })}.${payload}.`);
    }
    for (const secret of [
      no.publicKey.x ?? '',
      Buffer.from(no.publicKey.x ?? '', 'base64url'),
      JSON.stringify(no.publicKey),
    ]) {
      const head = encode({ alg: 'HS256', kid: 'no-1' });
      const signature = createHmac('sha256', secret)
        .update(`${head}.${payload}`)
        .digest('base64url');
      await refuse(`${head}.${payload}.${signature}`);
    }
  });

  it('rejects a changed token', async () => {
    const [header, payload = '', signature] = (await sign()).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    await refuse(`${header}.${encode({ ...claims, role: 'auditor' })}.${signature}`);
    await refuse(`${header}.${payload}.${signature?.split('').reverse().join('')}`);
    await refuse(`${header}.${payload}.`);
    await refuse(`x.${payload}.${signature}`);
  });

  it('rejects what is not a token', async () => {
    for (const text of [
      '',
      '.',
      '..',
      'a.b.c',
      '{}',
      'x'.repeat(10_000),
      `${encode({})}.${encode({})}.`,
    ])
      await refuse(text);
  });

  it('accepts a day and the five seconds for clocks that differ', async () => {
    await verify(await forge({ exp: seconds + 86_405 }));
    await refuse(await forge({ exp: seconds + 86_406 }));
  });

  it('accepts a subject and a purpose of 256 characters, and no longer one', async () => {
    const longest = 'x'.repeat(256);
    await verify(await forge({ sub: longest, purpose: longest }));
    await refuse(await forge({ sub: `${longest}x` }));
    await refuse(await forge({ purpose: `${longest}x` }));
    await refuse(await forge({ purpose: '' }));
    for (const unseen of ['\n', '\u202e', '\u2028', '\u200b']) {
      await refuse(await forge({ purpose: `a${unseen}b` }));
      await refuse(await forge({ sub: `a${unseen}b` }));
    }
  });

  it('accepts a token of 8,192 characters, and no longer one', async () => {
    const bare = await forge({ more: '' });
    const padded = (characters: number) => forge({ more: 'x'.repeat(characters) });
    // Three characters of a token encode four of its payload.
    const most = Math.floor(((8_192 - bare.length) / 4) * 3);
    const longest = await padded(most);
    expect(longest.length).toBeLessThanOrEqual(8_192);
    expect(longest.length).toBeGreaterThan(8_188);
    await verify(longest);
    await refuse(await padded(most + 4));
  });

  it('reads a missing algorithm and key id from the key', async () => {
    for (const [pair, organisation, alg] of [
      [no, 'no', 'EdDSA'],
      [fi, 'fi', 'ES256'],
    ] as const) {
      const { alg: _, kid: __, ...plain } = pair.key;
      const token = await sign({ key: plain, organisation });
      const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
      expect(header).toEqual({ alg, typ: 'JWT' });
      expect(await verify(token)).toMatchObject({ organisation });
    }
  });

  it('tries each key of the issuer that matches the header', async () => {
    const store = {
      ...keys,
      signingKeysOf: () => Promise.resolve([foreign.publicKey, no.publicKey]),
    };
    const token = await sign();
    expect(await verifyToken(token, { audience: 'hub', keys: store, clock })).toMatchObject({
      bearer: { subject: 'no:someone' },
    });
  });

  it('does not try a key of another curve or for another algorithm', async () => {
    const token = await sign();
    for (const own of [
      { ...no.publicKey, crv: 'P-256' },
      { ...no.publicKey, alg: 'ES256' },
      { ...no.publicKey, crv: 'X25519' },
    ]) {
      const store = { ...keys, signingKeysOf: () => Promise.resolve([own]) };
      await expect(
        verifyToken(token, { audience: 'hub', keys: store, clock }),
      ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it('reports an error of our own as such, not as an invalid token', async () => {
    const store = { ...keys, signingKeysOf: () => Promise.reject(new RangeError('lost')) };
    const token = await sign();
    await expect(verifyToken(token, { audience: 'hub', keys: store, clock })).rejects.toThrow(
      'lost',
    );
  });

  it('uses the system’s clock by default, on both sides', async () => {
    const token = await signToken({
      key: no.key,
      organisation: 'no',
      subject: 'a',
      role: 'analyst',
      purpose: undefined,
      ttl: 60,
    });
    expect(await verifyToken(token, { audience: 'hub', keys })).toMatchObject({
      bearer: { subject: 'a' },
    });
    const past = await sign({ clock: () => new Date(0) });
    await expect(verifyToken(past, { audience: 'hub', keys })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('rejects an unknown role, and an empty subject', async () => {
    await refuse(await forge({ role: 'administrator' }));
    await refuse(await forge({ role: ['analyst'] }));
    await refuse(await forge({ sub: '' }));
    await refuse(await forge({ purpose: 7 }));
  });
});

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
