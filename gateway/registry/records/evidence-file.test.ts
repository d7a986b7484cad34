import { contentDigestOf, createAssertReader } from '@hub/shared/identity';
import { chainedLines, dailyHeads, networkHeads, signedResponses } from '@hub/shared/records';
import { createTestKeyPair, type TestKeyPair } from '@hub/shared/testing';
import type { JWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { EvidenceError, signEvidence, verifyEvidence, type Evidence } from './evidence-file.js';

const now = new Date('2026-11-26T12:00:00Z');
const later = '2026-11-27T00:10:00Z';
const record = { links: 12, hash: '12'.repeat(32) };
const body = '{"query":"{ officers { name } }"}';
const came = '{"data":{"officers":[]}}';

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
  const assertFor = (organisation: string, partner = 'dk', key = hub.key, at = now) =>
    createAssertReader(
      () => Promise.resolve(key),
      () => at,
    )(
      { kind: 'person', organisation, subject: 'anna', role: 'analyst', purpose: undefined },
      partner,
    );
  const headLine = async (
    head: { links: number; hash: string; at: string },
    pair: TestKeyPair = dk,
  ) => {
    const seen = { sequence: 0, hash: chainedLines.noLines.hash };
    const statement = await dailyHeads.signHead({ form: 1, issuer: 'dk', seen, ...head }, pair.key);
    const details = { partner: 'dk', statement, key: networkHeads.describeKey(pair.publicKey) };
    return JSON.stringify(
      chainedLines.continueLines(chainedLines.noLines, { at: head.at, event: 'HEAD', details }),
    );
  };

  /** A head that hides this end, and its opening. */
  const sealedHead = async (end: { links: number; hash: string }) => {
    const seen = { sequence: 0, hash: chainedLines.noLines.hash };
    const opening = dailyHeads.makeOpening(end);
    const statement = await dailyHeads.signHead(
      { form: 2, issuer: 'dk', at: later, seen, end: dailyHeads.commitToEnd(opening) },
      dk.key,
    );
    const details = { partner: 'dk', statement, key: networkHeads.describeKey(dk.publicKey) };
    const line = chainedLines.continueLines(chainedLines.noLines, {
      at: later,
      event: 'HEAD',
      details,
    });
    return { heads: [JSON.stringify(line)], openings: [opening] };
  };

  /** True evidence, with parts that its maker may replace before the hub signs it. */
  async function make({
    assertion,
    key = dk.key,
    heads,
    change = (evidence) => evidence,
    by = hub.key,
  }: {
    assertion?: string;
    key?: JWK;
    heads?: readonly string[];
    change?: (evidence: Evidence) => Evidence;
    by?: JWK;
  } = {}): Promise<string> {
    const request = {
      method: 'POST',
      path: '/graphql',
      contentDigest: contentDigestOf(body),
      assertion: assertion ?? (await assertFor('no')),
      signature: `hub=:${'A'.repeat(43)}=:`,
    };
    const signed = signedResponses.signResponse({
      request: { ...request, partner: 'dk' },
      status: 200,
      body: came,
      record,
      key,
      now,
    });
    const evidence: Evidence = {
      form: 1,
      issuer: 'hub',
      requestId: 'request-1',
      organisation: 'no',
      at: now.toISOString(),
      exchanges: [
        {
          partner: 'dk',
          request: { ...request, body, signatureInput: 'hub=()' },
          response: {
            status: 200,
            contentDigest: contentDigestOf(came),
            record: signed['hub-record'] ?? null,
            signature: signed['signature'] ?? null,
            signatureInput: signed['signature-input'] ?? null,
          },
        },
      ],
      omitted: 0,
      openings: [],
      heads: [...(heads ?? [await headLine({ links: 15, hash: '34'.repeat(32), at: later })])],
    };
    return signEvidence(change(evidence), by);
  }
  const inResponse =
    (changed: object) =>
    (evidence: Evidence): Evidence => ({
      ...evidence,
      exchanges: evidence.exchanges.map((one) => ({
        ...one,
        response: one.response && { ...one.response, ...changed },
      })),
    });

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
