import {
  CompactSign,
  importJWK,
  UnsecuredJWT,
  type CompactJWSHeaderParameters,
  type JWK,
} from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTestKeyPair, type TestKeyPair } from '../../testing/key-pair.js';
import type { Manifest } from './manifest.js';
import { signManifest } from './sign-manifest.js';
import { verifyManifest } from './verify-manifest.js';

/** A manifest of the police of Denmark. */
const danish: Manifest = {
  form: 1,
  issuer: 'dk',
  subgraph: 'national-police',
  endpoint: 'https://hub.dk.example.org/graphql',
  contact: 'hub@dk.example.org',
  sequence: 1_790_000_000,
  issuedAt: '2026-11-26T18:00:00Z',
  schemaVersion: '2026.11.1',
  schema: 'type Query { officers: Int }',
  maintenance: [
    {
      from: '2026-12-01T22:00:00Z',
      to: '2026-12-01T23:30:00Z',
      message: 'The database moves to another machine.',
    },
  ],
  lastGoodFor: 3_600,
  consents: [{ to: 'nbnp', rule: 'override', element: 'Officer.name' }],
  conformance: null,
};

describe('verifyManifest', () => {
  let own: TestKeyPair, curve: TestKeyPair, other: TestKeyPair;
  beforeAll(async () => {
    [own, curve, other] = await Promise.all([
      createTestKeyPair('dk-1'),
      createTestKeyPair('dk-2', 'ES256'),
      createTestKeyPair('dk-1'),
    ]);
  });

  const verify = (file: Uint8Array | string, partner = 'dk') =>
    verifyManifest(file, {
      partner,
      keys: {
        signingKeysOf: (code) =>
          Promise.resolve(code === 'dk' ? [own.publicKey, curve.publicKey] : [other.publicKey]),
      },
    });
  const header = { alg: 'EdDSA', kid: 'dk-1', typ: 'hub-manifest+jwt' };
  const asFile = (jws: string) => JSON.stringify({ manifest: jws });
  /** A manifest with any content, and a valid signature of the key. */
  const forge = async (
    payload: unknown,
    changed: Partial<CompactJWSHeaderParameters> = {},
    key: JWK = own.key,
  ) => {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const jws = await new CompactSign(Buffer.from(text))
      .setProtectedHeader({ ...header, ...changed })
      .sign(await importJWK(key));
    return asFile(jws);
  };

  it('returns what the partner signed, with either kind of key', async () => {
    expect(await verify(await signManifest(danish, own.key))).toEqual(danish);
    expect(await verify(await signManifest(danish, curve.key))).toEqual(danish);
    expect(await verify(Buffer.from(await signManifest(danish, own.key)))).toEqual(danish);
  });

  it('returns the longest schema, in characters of several bytes', async () => {
    const schema = 'å'.repeat(350_000);
    expect((await verify(await signManifest({ ...danish, schema }, own.key))).schema).toBe(schema);
  });

  describe('MANIFEST_UNSIGNED', () => {
    const refused = { name: 'ManifestError', code: 'MANIFEST_UNSIGNED' };

    it.each([
      ['nothing', ''],
      ['a page', '<html>'],
      ['another object', '{"data":null}'],
      ['a manifest without a signature', JSON.stringify(danish)],
      ['a member more', '{"manifest":"a.b.c","schema":"x"}'],
      ['no compact JWS', '{"manifest":"abc"}'],
    ])('refuses %s', async (_what, file) => {
      await expect(verify(file)).rejects.toMatchObject(refused);
    });

    it('refuses bytes that are not UTF-8', async () => {
      await expect(verify(Buffer.from([0x22, 0xff, 0x22]))).rejects.toMatchObject(refused);
    });

    it('refuses the algorithm none', async () => {
      const unsecured = new UnsecuredJWT({ ...danish }).encode();
      await expect(verify(asFile(unsecured))).rejects.toMatchObject(refused);
      const [, payload] = unsecured.split('.');
      const none = Buffer.from(JSON.stringify({ ...header, alg: 'none' })).toString('base64url');
      await expect(verify(asFile(`${none}.${payload}.`))).rejects.toMatchObject(refused);
    });

    it('refuses a key that both sides know, such as the public one as a secret', async () => {
      const secret = { kty: 'oct', k: own.publicKey.x, alg: 'HS256' } as JWK;
      const file = await forge(danish, { alg: 'HS256' }, secret);
      await expect(verify(file)).rejects.toMatchObject(refused);
    });

    it.each([
      ['the type of a token', { typ: 'JWT' }],
      ['no type', { typ: undefined }],
      ['no key', { kid: undefined }],
      ['a key of its own', { jwk: { kty: 'OKP' } }],
      ['the place of a key', { jku: 'https://dk.example.org/keys' }],
    ])('refuses a header with %s', async (_what, changed: object) => {
      await expect(verify(await forge(danish, changed))).rejects.toMatchObject(refused);
    });
  });

  describe('MANIFEST_FOREIGN', () => {
    const refused = { name: 'ManifestError', code: 'MANIFEST_FOREIGN' };

    it('refuses the signature of another key, also under the same name', async () => {
      await expect(verify(await signManifest(danish, other.key))).rejects.toMatchObject(refused);
      const unknown = { ...other.key, kid: 'dk-9' };
      await expect(verify(await signManifest(danish, unknown))).rejects.toMatchObject(refused);
    });

    it('refuses the key of another partner, and another partner’s manifest', async () => {
      const file = await signManifest(danish, own.key);
      await expect(verify(file, 'no')).rejects.toMatchObject(refused);
      await expect(verify(await forge({ ...danish, issuer: 'no' }))).rejects.toMatchObject(refused);
    });

    it('refuses a changed header, payload or signature', async () => {
      const { manifest } = JSON.parse(await signManifest(danish, own.key)) as { manifest: string };
      const [head = '', payload = '', signature = ''] = manifest.split('.');
      const edited = JSON.stringify({ ...danish, lastGoodFor: 0 });
      const spoilt = [
        [head, Buffer.from(edited).toString('base64url'), signature],
        [head, payload, `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`],
        [head, payload, ''],
        [head, payload, signature.slice(0, -4)],
      ];
      for (const parts of spoilt) {
        await expect(verify(asFile(parts.join('.')))).rejects.toMatchObject(refused);
      }
    });

    it('refuses an algorithm that is not its key’s', async () => {
      const file = await forge(danish, { alg: 'ES256', kid: 'dk-1' }, curve.key);
      await expect(verify(file)).rejects.toMatchObject(refused);
    });
  });

  describe('MANIFEST_INVALID', () => {
    const refused = { name: 'ManifestError', code: 'MANIFEST_INVALID' };

    it('refuses a file of more than a megabyte, before it is parsed', async () => {
      await expect(verify(' '.repeat(1_000_001))).rejects.toMatchObject(refused);
    });

    const { schema: _, ...lacking } = danish;
    const [window] = danish.maintenance;
    it.each([
      ['no JSON', 'schema'],
      ['another form', { ...danish, form: 2 }],
      ['a member less', lacking],
      ['a member more', { ...danish, priority: 1 }],
      ['an issuer that is no code', { ...danish, issuer: 'Denmark' }],
      ['a sequence that is a text', { ...danish, sequence: '7' }],
      ['a sequence that is not whole', { ...danish, sequence: 7.5 }],
      ['a sequence beyond exact numbers', { ...danish, sequence: 2 ** 53 }],
      ['an endpoint of another protocol', { ...danish, endpoint: 'file:///etc/passwd' }],
      ['a local time', { ...danish, issuedAt: '2026-11-26T18:00:00' }],
      ['a schema that is too long', { ...danish, schema: 'a'.repeat(400_001) }],
      ['an empty schema', { ...danish, schema: '' }],
      ['a version with a line end', { ...danish, schemaVersion: '1\n2' }],
      ['facts for more than a week', { ...danish, lastGoodFor: 604_801 }],
      ['a window that ends first', { ...danish, maintenance: [{ ...window, to: window?.from }] }],
      ['too many windows', { ...danish, maintenance: Array.from({ length: 101 }, () => window) }],
      ['days of an unknown kind', { ...danish, retention: { NAMES: 3 } }],
      ['days that are no days', { ...danish, retention: { REPORTS: -1 } }],
      ['notices by another protocol', { ...danish, notices: 'file:///etc/passwd' }],
      ['notices with a user', { ...danish, notices: 'https://a:b@dk.example.org/' }],
      ['notices with a query', { ...danish, notices: 'https://dk.example.org/?a' }],
      ['notices with a fragment', { ...danish, notices: 'https://dk.example.org/#a' }],
      ['a consent to nobody', { ...danish, consents: [{ to: '', rule: 'tag', element: 'A.b' }] }],
    ])('refuses %s', async (_what, payload: unknown) => {
      await expect(verify(await forge(payload))).rejects.toMatchObject(refused);
    });

    it('names the faults and their places', async () => {
      const file = await forge({ ...danish, contact: 'Anna', maintenance: [{ ...window, to: 1 }] });
      await expect(verify(file)).rejects.toThrow(/contact: .*; maintenance\.0\.to: /);
    });
  });
});

describe('signManifest', () => {
  it('refuses a manifest that nobody would accept', async () => {
    const { key } = await createTestKeyPair('dk-1');
    const refused = { code: 'MANIFEST_INVALID' };
    await expect(signManifest({ ...danish, sequence: 0 }, key)).rejects.toMatchObject(refused);
    const schema = '語'.repeat(400_000);
    await expect(signManifest({ ...danish, schema }, key)).rejects.toMatchObject(refused);
  });

  it('names its key, and refuses one without a name', async () => {
    const { key } = await createTestKeyPair('dk-1');
    const { manifest } = JSON.parse(await signManifest(danish, key)) as { manifest: string };
    const header = Buffer.from(manifest.split('.')[0] ?? '', 'base64url').toString();
    expect(JSON.parse(header)).toEqual({ alg: 'EdDSA', kid: 'dk-1', typ: 'hub-manifest+jwt' });
    const { kid: _, ...nameless } = key;
    await expect(signManifest(danish, nameless)).rejects.toThrow(TypeError);
  });
});
