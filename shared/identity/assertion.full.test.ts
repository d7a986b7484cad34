import { decodeJwt, importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTestKeyPair, type TestKeyPair } from '../testing/key-pair.js';
import { createAssertReader, createReadAssertion } from './assertion.js';
import type { KeyStore } from './keys/key-store.js';
import { anonymous, type Reader } from './reader.js';

const start = new Date('2026-11-24T12:00:00Z');
const seconds = start.getTime() / 1_000;
const later = (after: number) => new Date(start.getTime() + after * 1_000);

const anna: Reader = {
  kind: 'person',
  organisation: 'nbnp',
  subject: 'anna',
  role: 'coordinator',
  purpose: undefined,
};
const officer: Reader = {
  kind: 'participant',
  organisation: 'no',
  subject: 'bo',
  person: 'no:officer-1',
  purpose: undefined,
};
const refused = { code: 'UNAUTHENTICATED' };

describe('createReadAssertion', () => {
  let hub: TestKeyPair, curve: TestKeyPair, other: TestKeyPair;
  beforeAll(async () => {
    [hub, curve, other] = await Promise.all([
      createTestKeyPair('hub-1'),
      createTestKeyPair('hub-2', 'ES256'),
      createTestKeyPair('hub-1'),
    ]);
  });

  /** The hub’s keys, which can be replaced. */
  const createKeys = (...own: JWK[]): KeyStore & { own: readonly JWK[] } => ({
    own,
    signingKeysOf(organisation) {
      return Promise.resolve(organisation === 'hub' ? this.own : []);
    },
    agreementKeysOf: () => Promise.resolve([]),
  });
  /** An assertion with any invalid part, whose signature is valid for the key. */
  const forge = async (payload: JWTPayload = {}, key = hub.key) =>
    new SignJWT({
      iss: 'hub',
      aud: 'dk',
      sub: 'anna',
      org: 'nbnp',
      role: 'coordinator',
      iat: seconds,
      exp: seconds + 60,
      ...payload,
    })
      .setProtectedHeader({ alg: key.alg ?? '', kid: key.kid })
      .sign(await importJWK(key));
  const readAt = (after: number, keys = createKeys(hub.publicKey)) =>
    createReadAssertion('dk', keys, () => later(after));

  it('identifies the caller', async () => {
    expect(await readAt(0)(await forge())).toEqual(anna);
    expect(await readAt(0)(await forge({ purpose: 'travel' }))).toMatchObject({
      purpose: 'travel',
    });
    const nobody = await forge({ role: 'anonymous', sub: 'anonymous', org: undefined });
    expect(await readAt(0)(nobody)).toEqual(anonymous);
  });

  it('identifies a participant, who is anonymous for a server that does not know of them', async () => {
    const assertion = await createAssertReader(
      () => Promise.resolve(hub.key),
      () => start,
    )(officer, 'dk');
    expect(await readAt(0)(assertion)).toEqual(officer);
    // All that such a server reads of it (RFC 7519, 4: it ignores claims that it does not know).
    expect(decodeJwt(assertion)).toMatchObject({ role: 'anonymous', sub: 'anonymous' });
    expect(Object.keys(decodeJwt(assertion))).not.toContain('org');
  });

  it.each([
    ['without a record', {}],
    ['with the record of another organisation', { person: 'se:officer-1' }],
    ['with an owner alone', { person: 'no:' }],
    ['without a subject', { person: 'no:officer-1', sub: undefined }],
  ])('rejects a participant %s', async (_what, changed) => {
    const nobody = { role: 'anonymous', sub: 'anonymous', org: undefined };
    const asserted = await forge({
      ...nobody,
      participant: { sub: 'bo', org: 'no', ...changed },
    });
    await expect(readAt(0)(asserted)).rejects.toMatchObject(refused);
  });

  it('rejects a participant with a role', async () => {
    const asserted = await forge({
      participant: { sub: 'bo', org: 'nbnp', person: 'nbnp:somebody' },
    });
    await expect(readAt(0)(asserted)).rejects.toMatchObject(refused);
  });

  it('rejects an assertion that is older than a minute, however long it claims to be valid', async () => {
    const long = await forge({ exp: seconds + 3_600 });
    expect(await readAt(65)(long)).toEqual(anna);
    await expect(readAt(66)(long)).rejects.toMatchObject(refused);
  });

  it('rejects an expired assertion, and one from the future', async () => {
    const short = await forge({ exp: seconds + 10 });
    expect(await readAt(14)(short)).toEqual(anna);
    await expect(readAt(15)(short)).rejects.toMatchObject(refused);
    await expect(readAt(-6)(await forge())).rejects.toMatchObject(refused);
  });

  it.each([
    ['issuer', { iss: 'dk' }],
    ['audience', { aud: 'no' }],
    ['role', { role: 'administrator' }],
    ['subject', { sub: '' }],
    ['organisation', { org: '' }],
    ['time of making', { iat: undefined }],
    ['end', { exp: undefined }],
    ['missing subject of nobody', { role: 'anonymous', sub: undefined }],
    ['purpose', { purpose: 7 }],
  ])('rejects an assertion with an invalid %s', async (_part, payload: JWTPayload) => {
    await expect(readAt(0)(await forge(payload))).rejects.toMatchObject(refused);
  });

  it('rejects an assertion of another key, after trying all of the hub’s', async () => {
    await expect(readAt(0)(await forge({}, other.key))).rejects.toMatchObject(refused);
    const both = createKeys(other.publicKey, hub.publicKey);
    expect(await readAt(0, both)(await forge())).toEqual(anna);
    await expect(readAt(0, createKeys())(await forge())).rejects.toMatchObject(refused);
  });

  it('caches an assertion until it expires, and not longer', async () => {
    let now = start;
    const read = createReadAssertion('dk', createKeys(hub.publicKey), () => now);
    const assertion = await forge();
    const reader = await read(assertion);
    now = later(59);
    expect(await read(assertion)).toBe(reader);
    // RFC 7519, 4.1.4: it expires on its time, not after it. Only the tolerance lets it pass.
    now = later(60);
    expect(await read(assertion)).not.toBe(reader);
    now = later(66);
    await expect(read(assertion)).rejects.toMatchObject(refused);
  });

  it('rejects a cached assertion when its key is removed, of either kind', async () => {
    for (const pair of [hub, curve]) {
      const keys = createKeys(pair.publicKey);
      const read = createReadAssertion('dk', keys, () => start);
      const assertion = await forge({}, pair.key);
      const reader = await read(assertion);
      keys.own = [other.publicKey, { ...pair.publicKey }];
      expect(await read(assertion)).toBe(reader);
      keys.own = [{ ...pair.publicKey, y: 'another' }];
      if (pair === curve) await expect(read(assertion)).rejects.toMatchObject(refused);
      keys.own = [other.publicKey];
      await expect(read(assertion)).rejects.toMatchObject(refused);
    }
  });

  it('accepts the hub’s assertions, which are renewed ten seconds before their end', async () => {
    let now = start;
    const assert = createAssertReader(
      () => Promise.resolve(hub.key),
      () => now,
    );
    const first = await assert(anna, 'dk');
    expect(await readAt(0)(first)).toEqual(anna);
    now = later(49);
    expect(await assert(anna, 'dk')).toBe(first);
    expect(await assert({ ...anna, role: 'auditor' }, 'dk')).not.toBe(first);
    now = later(50);
    expect(await assert(anna, 'dk')).not.toBe(first);
  });

  it('gives the reason of a rejection, for every issuer of the assertion', async () => {
    await expect(readAt(0)('nonsense')).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      extensions: { reason: 'ASSERTION' },
    });
  });

  it('uses the system’s clock by default, on both sides', async () => {
    const assert = createAssertReader(() => Promise.resolve(hub.key));
    const read = createReadAssertion('dk', createKeys(hub.publicKey));
    const assertion = await assert(anna, 'dk');
    for (let time = 0; time < 2; time += 1) expect(await read(assertion)).toEqual(anna);
    await expect(read(await forge({ iat: 1, exp: 61 }))).rejects.toMatchObject(refused);
  });
});

describe('createAssertReader', () => {
  it('names its type and key in the header, and EdDSA if the key does not say', async () => {
    const hub = await createTestKeyPair('hub-1');
    const { alg: _, ...plain } = hub.key;
    const assertion = await createAssertReader(
      () => Promise.resolve(plain),
      () => start,
    )(anonymous, 'dk');
    const [header, claims] = assertion
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object);
    expect(header).toEqual({ alg: 'EdDSA', typ: 'JWT', kid: 'hub-1' });
    expect(claims).toEqual({
      iss: 'hub',
      aud: 'dk',
      sub: 'anonymous',
      role: 'anonymous',
      iat: seconds,
      exp: seconds + 60,
    });
  });

  it('caches the last 10,000 readers and no more', async () => {
    const hub = await createTestKeyPair('hub-1');
    const readers = Array.from(
      { length: 10_000 },
      (_, index): Reader => ({ ...anna, subject: `reader-${index}` }) as Reader,
    );
    // EdDSA always gives the same signature, so the time of creation shows which one is new.
    let now = start;
    const timed = createAssertReader(
      () => Promise.resolve(hub.key),
      () => now,
    );
    for (const reader of readers) await timed(reader, 'dk');
    now = later(5);
    const madeAt = async (reader: Reader) => {
      const [, claims = ''] = (await timed(reader, 'dk')).split('.');
      return (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iat: number }).iat;
    };
    expect(await madeAt(readers[0]!), 'all are remembered').toBe(seconds);
    await madeAt({ ...anna, subject: 'one more' } as Reader);
    expect(await madeAt(readers[0]!), 'it was just used').toBe(seconds);
    expect(await madeAt(readers[1]!), 'used longest ago').toBe(seconds + 5);
    expect(await madeAt(readers[3]!), 'and no more than that').toBe(seconds);
  });
});
