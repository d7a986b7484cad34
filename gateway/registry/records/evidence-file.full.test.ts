import { contentDigestOf } from '@hub/shared/identity';
import { createTestKeyPair, type TestKeyPair } from '@hub/shared/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { EvidenceError, verifyEvidence, type Evidence } from './evidence-file.js';
import {
  body,
  came,
  createEvidenceMaker,
  inResponse,
  later,
  now,
  record,
} from './test-evidence.js';

describe('verifyEvidence', () => {
  let hub: TestKeyPair, dk: TestKeyPair, other: TestKeyPair;
  beforeAll(async () => {
    [hub, dk, other] = await Promise.all([
      createTestKeyPair('hub-1'),
      createTestKeyPair('dk-1'),
      createTestKeyPair('dk-1'),
    ]);
  });
  const keys = {
    signingKeysOf: (code: string) =>
      Promise.resolve(code === 'hub' ? [hub.publicKey] : code === 'dk' ? [dk.publicKey] : []),
  };
  const verify = (file: string) => verifyEvidence(file, keys);
  const { assertFor, headLine, sealedHead, make } = createEvidenceMaker(() => ({ hub, dk }));

  it('says who was asked, for whom, when, and what the partner signed', async () => {
    const { exchanges } = await verify(await make());
    expect(exchanges).toEqual([
      {
        partner: 'dk',
        caller: { organisation: 'no', subject: 'anna', role: 'analyst', purpose: null },
        request: body,
        status: 200,
        contentDigest: contentDigestOf(came),
        signed: { created: now, keyid: 'dk-1', record },
        head: { at: later, links: 15 },
        unopened: 0,
      },
    ]);
  });

  it('says so if the partner signed nothing, or nothing came', async () => {
    const unsigned = inResponse({ signature: null, signatureInput: null, record: null });
    expect((await verify(await make({ change: unsigned }))).exchanges).toMatchObject([
      { status: 200, signed: null, head: null },
    ]);
    const change = (evidence: Evidence): Evidence => ({
      ...evidence,
      exchanges: evidence.exchanges.map((one) => ({ ...one, response: null })),
    });
    expect((await verify(await make({ change }))).exchanges).toMatchObject([
      { status: null, signed: null },
    ]);
  });

  it('compares with a head that hides its end by the opening that the file has', async () => {
    const shown = async (end: { links: number; hash: string }, isOpened = true) => {
      const { heads, openings } = await sealedHead(end);
      const change = (evidence: Evidence) => ({ ...evidence, ...(isOpened && { openings }) });
      return verify(await make({ heads, change }));
    };
    const longer = { links: 15, hash: '34'.repeat(32) };
    const rewritten = { links: 12, hash: '56'.repeat(32) };
    expect((await shown(longer)).exchanges).toMatchObject([
      { head: { at: later, links: 15 }, unopened: 0 },
    ]);
    await expect(shown(rewritten)).rejects.toThrow(/another hash for link 12/);
    await expect(shown({ ...record, links: 11 })).rejects.toThrow(/has 11 links/);
    for (const end of [longer, rewritten])
      expect((await shown(end, false)).exchanges).toMatchObject([{ head: null, unopened: 1 }]);
  });

  it('finds a change of any character of the file', async () => {
    const file = (await make()).trimEnd();
    // The last character of a base64url text may have bits that mean nothing.
    for (let index = 0; index < file.length - 3; index += 1) {
      const character = file[index] === 'A' ? 'B' : 'A';
      const changed = file.slice(0, index) + character + file.slice(index + 1);
      await expect(verify(changed), `at ${index}`).rejects.toThrow(EvidenceError);
    }
  });

  // The hub signs the file, so it could sign a false one. It cannot sign for others.
  it.each<[string, RegExp, () => Promise<string>]>([
    ['another hub', /not evidence of the hub/, () => make({ by: other.key })],
    ['a foreign key of the partner', /SIGNATURE/, () => make({ key: other.key })],
    [
      'another response',
      /SIGNATURE/,
      () => make({ change: inResponse({ contentDigest: contentDigestOf('{}') }) }),
    ],
    ['another status', /SIGNATURE/, () => make({ change: inResponse({ status: 500 }) })],
    [
      'a shorter record',
      /SIGNATURE/,
      () => make({ change: inResponse({ record: `links=11, hash="${record.hash}"` }) }),
    ],
    [
      'another request',
      /not the one of its digest/,
      () =>
        make({
          change: (evidence) => ({
            ...evidence,
            exchanges: evidence.exchanges.map((one) => ({
              ...one,
              request: { ...one.request, body: '{"query":"{ __typename }"}' },
            })),
          }),
        }),
    ],
    [
      'another organisation',
      /for a caller of no, and not of se/,
      () => make({ change: (evidence) => ({ ...evidence, organisation: 'se' }) }),
    ],
    [
      'a caller for whom nobody vouched',
      /did not vouch/,
      async () => make({ assertion: await assertFor('no', 'dk', other.key) }),
    ],
    [
      'a caller of another partner',
      /did not vouch/,
      async () => make({ assertion: await assertFor('no', 'se') }),
    ],
    [
      'a caller of another day',
      /did not vouch/,
      async () =>
        make({ assertion: await assertFor('no', 'dk', hub.key, new Date('2026-11-25T12:00:00Z')) }),
    ],
    [
      'a record that was shortened later',
      /has 11 links, and it had signed 12/,
      async () => make({ heads: [await headLine({ ...record, links: 11, at: later })] }),
    ],
    [
      'a record that was rewritten',
      /another hash for link 12/,
      async () =>
        make({ heads: [await headLine({ links: 12, hash: '56'.repeat(32), at: later })] }),
    ],
    [
      'a head of a foreign key',
      /A head is invalid/,
      async () => make({ heads: [await headLine({ ...record, at: later }, other)] }),
    ],
  ])('finds %s', async (_, reason, build) => {
    const verified = verify(await build());
    await expect(verified).rejects.toThrow(EvidenceError);
    await expect(verified).rejects.toThrow(reason);
  });
});
