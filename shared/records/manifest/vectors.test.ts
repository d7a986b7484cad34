import type { JWK } from 'jose';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createReadAssertion } from '../../identity/assertion.js';
import type { KeyStore } from '../../identity/keys/key-store.js';
import { createReplayGuard, createRequestVerifier } from '../../identity/request-signature.js';
import { contentDigestOf, deriveChannel } from '../../identity/signature-form.js';
import { verifyResponse } from '../evidence/signed-response.js';
import { createVectors, type Vectors } from './vectors.js';
import { verifyManifest } from './verify-manifest.js';

const text = readFileSync(new URL('../../identity/vectors.json', import.meta.url), 'utf8');
const { time, keys, derivedKey, requests, assertions, manifests, responses } = JSON.parse(
  text,
) as Vectors;
const clock = () => new Date(time * 1_000);

const keyOf = (kid: string): JWK => keys[kid] ?? {};
const open = (kid: string): JWK => {
  const { d: _, ...key } = keyOf(kid);
  return key;
};
/** As a partner has them: it uses none of the functions that made the vectors. */
const store: KeyStore = {
  signingKeysOf: (code) =>
    Promise.resolve(
      code === 'hub' ? [open('hub-sign-1'), open('hub-sign-2')] : [open('dk-sign-1')],
    ),
  agreementKeysOf: () => Promise.resolve([]),
};

const codeOf = (error: unknown): string => {
  const { code, extensions } = error as { code: string; extensions?: { reason?: string } };
  return extensions?.reason ?? code;
};

describe('vectors.json', () => {
  it('is what the code makes', async () => {
    expect(JSON.parse(JSON.stringify(await createVectors()))).toEqual(JSON.parse(text));
  });

  it('derives the shared key from either side', () => {
    const ids = ['hub-agree-1', 'dk-agree-1'] as const;
    for (const [own, other] of [ids, ids.toReversed()] as [string, string][])
      expect(deriveChannel(keyOf(own), open(other), ...ids).secret.toString('hex')).toBe(
        derivedKey,
      );
  });

  it('has requests that a partner accepts, and for each reason one that it refuses', async () => {
    const channel = deriveChannel(
      keyOf('dk-agree-1'),
      open('hub-agree-1'),
      'hub-agree-1',
      'dk-agree-1',
    );
    const verify = createRequestVerifier({
      partner: 'dk',
      channelOf: (id) => Promise.resolve(id === channel.id ? channel : undefined),
      isOfHub: (id) => Promise.resolve(id.startsWith('hub-agree-1.')),
      replays: createReplayGuard(310, clock()),
      clock,
    });
    for (const { name, result, ...request } of requests) {
      const found = await verify(request).then(() => 'accepted', codeOf);
      expect(found, name).toBe(result);
    }
    const reasons = new Set(requests.map(({ result }) => result));
    expect([...reasons].toSorted()).toEqual(
      // `ASSERTION` has vectors of its own.
      [
        'CLOCK',
        'DIGEST',
        'KEY',
        'NONCE',
        'PARTNER',
        'PARTNER_KEY',
        'SIGNATURE',
        'UNSIGNED',
        'accepted',
      ],
    );
  });

  it.each(assertions)('has an assertion that is $result: $name', async ({ assertion, result }) => {
    const read = createReadAssertion('dk', store, clock);
    const found = await read(assertion).then(
      () => 'accepted',
      () => 'refused',
    );
    expect(found).toBe(result);
  });

  it.each(responses)('has a response that is $result: $name', async (vector) => {
    const { request, status, headers, body, result } = vector;
    const partOf = (name: string) => request.headers[name] ?? '';
    const found = await verifyResponse(
      {
        method: request.method,
        path: request.path,
        contentDigest: partOf('content-digest'),
        partner: partOf('hub-partner'),
        assertion: partOf('hub-assertion'),
        signature: partOf('signature'),
      },
      {
        status,
        contentDigest: headers['content-digest'] ?? '',
        record: headers['hub-record'] ?? null,
        signature: headers['signature'] ?? '',
        signatureInput: headers['signature-input'] ?? '',
      },
      store,
    );
    const isOfBody = headers['content-digest'] === contentDigestOf(body);
    expect(typeof found === 'string' ? found : isOfBody ? 'accepted' : 'DIGEST').toBe(result);
  });

  it.each(manifests)('has a manifest that is $result: $name', async ({ file, result }) => {
    const found = await verifyManifest(file, { partner: 'dk', keys: store }).then(
      () => 'accepted',
      codeOf,
    );
    expect(found).toBe(result);
  });
});
