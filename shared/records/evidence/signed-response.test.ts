import { httpbis } from 'http-message-signatures';
import { createPublicKey, verify } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { contentDigestOf } from '../../identity/signature-form.js';
import { createTestKeyPair, type TestKeyPair } from '../../testing/key-pair.js';
import {
  signResponse,
  verifyResponse,
  wantedSignature,
  type CoveredRequest,
  type SignedResponse,
} from './signed-response.js';

const request: CoveredRequest = {
  method: 'POST',
  path: '/graphql',
  contentDigest: contentDigestOf('{"query":"{ __typename }"}'),
  partner: 'dk',
  assertion: 'a.b.c',
  signature: `hub=:${'A'.repeat(43)}=:`,
};
const body = '{"data":{"__typename":"Query"}}';
const record = { links: 12, hash: 'ab'.repeat(32) };
const now = new Date('2026-11-26T12:00:00Z');

const toResponse = (headers: Record<string, string>, status = 200): SignedResponse => ({
  status,
  contentDigest: headers['content-digest'] ?? '',
  record: headers['hub-record'] ?? null,
  signature: headers['signature'] ?? '',
  signatureInput: headers['signature-input'] ?? '',
});

describe.each(['EdDSA', 'ES256'] as const)('a response signed with %s', (algorithm) => {
  let own: TestKeyPair, other: TestKeyPair;
  beforeAll(async () => {
    [own, other] = await Promise.all([
      createTestKeyPair('dk-1', algorithm),
      createTestKeyPair('dk-1', algorithm),
    ]);
  });
  const sign = (changed: { readonly record?: typeof record | undefined } = { record }) =>
    signResponse({ request, status: 200, body, key: own.key, now, ...changed });
  const check = (
    response: SignedResponse,
    { asked = request, key = own }: { asked?: CoveredRequest; key?: TestKeyPair } = {},
  ) => verifyResponse(asked, response, { signingKeysOf: () => Promise.resolve([key.publicKey]) });

  it('says when it was signed, by which key, and how far the record was', async () => {
    const verified = { created: now, keyid: 'dk-1' };
    expect(await check(toResponse(sign()))).toEqual({ ...verified, record });
    expect(await check(toResponse(sign({ record: undefined })))).toEqual({
      ...verified,
      record: undefined,
    });
  });

  it('is what a library for RFC 9421 verifies', async () => {
    const headers = sign();
    const key = createPublicKey({ key: own.publicKey, format: 'jwk' });
    const isValid = await httpbis.verifyMessage(
      {
        keyLookup: () =>
          Promise.resolve({
            verify: (data, signature) =>
              Promise.resolve(
                verify(
                  algorithm === 'EdDSA' ? null : 'sha256',
                  data,
                  algorithm === 'EdDSA' ? key : { key, dsaEncoding: 'ieee-p1363' },
                  signature,
                ),
              ),
          }),
      },
      { status: 200, headers },
      {
        method: 'POST',
        url: 'http://partner/graphql',
        headers: {
          'content-digest': request.contentDigest,
          'hub-partner': request.partner,
          'hub-assertion': request.assertion,
          signature: request.signature,
        },
      },
    );
    expect(isValid).toBe(true);
  });

  it('is none of another request', async () => {
    const parts = Object.keys(request) as (keyof CoveredRequest)[];
    const changed = {
      signature: `hub=:${'B'.repeat(43)}=:`,
      partner: 'no',
    } as Partial<CoveredRequest>;
    for (const part of parts) {
      const asked = { ...request, [part]: changed[part] ?? `${request[part]}x` };
      expect(await check(toResponse(sign()), { asked }), part).toMatch(/^(SIGNATURE|UNSIGNED)$/);
    }
  });

  it('is not valid with any character of its headers changed, another status or another key', async () => {
    const signed = sign();
    for (const [name, value] of Object.entries(signed)) {
      // The last character of a base64 text may have bits that mean nothing.
      for (let index = 0; index < value.length - 4; index += 1) {
        const character = value[index] === '1' ? '2' : '1';
        const text = value.slice(0, index) + character + value.slice(index + 1);
        const found = await check(toResponse({ ...signed, [name]: text }));
        expect(found, `${name} at ${index}`).toBeTypeOf('string');
      }
    }
    expect(await check(toResponse(signed, 500))).toBe('SIGNATURE');
    expect(await check(toResponse(signed), { key: other })).toBe('SIGNATURE');
    expect(await check(toResponse({ ...signed, signature: '' }))).toBe('UNSIGNED');
    const { 'hub-record': _, ...without } = signed;
    expect(await check(toResponse(without))).toBe('UNSIGNED');
  });
});

describe('wantedSignature', () => {
  it('asks for what a response without a record covers', async () => {
    const { key } = await createTestKeyPair('dk-1');
    const { 'signature-input': input = '' } = signResponse({
      request,
      status: 200,
      body,
      key,
      now,
    });
    const list = (text: string) => /\([^)]+\)/.exec(text)?.[0];
    expect(list(input)).toBe(list(wantedSignature));
  });
});
