import { contentDigestOf, createAssertReader } from '@hub/shared/identity';
import { chainedLines, dailyHeads, networkHeads, signedResponses } from '@hub/shared/records';
import type { TestKeyPair } from '@hub/shared/testing';
import type { JWK } from 'jose';
import { signEvidence, type Evidence } from './evidence-file.js';

export const now = new Date('2026-11-26T12:00:00Z');
export const later = '2026-11-27T00:10:00Z';
export const record = { links: 12, hash: '12'.repeat(32) };
export const body = '{"query":"{ officers { name } }"}';
export const came = '{"data":{"officers":[]}}';

interface EvidenceParts {
  readonly assertion?: string;
  readonly key?: JWK;
  readonly heads?: readonly string[];
  readonly change?: (evidence: Evidence) => Evidence;
  readonly by?: JWK;
}

/** Changes something of each response. */
export const inResponse =
  (changed: object) =>
  (evidence: Evidence): Evidence => ({
    ...evidence,
    exchanges: evidence.exchanges.map((one) => ({
      ...one,
      response: one.response && { ...one.response, ...changed },
    })),
  });

/** Makes evidence of one request of Norway to Denmark. */
export function createEvidenceMaker(pairs: () => Readonly<Record<'hub' | 'dk', TestKeyPair>>) {
  const assertFor = (organisation: string, partner = 'dk', key = pairs().hub.key, at = now) =>
    createAssertReader(
      () => Promise.resolve(key),
      () => at,
    )(
      { kind: 'person', organisation, subject: 'anna', role: 'analyst', purpose: undefined },
      partner,
    );
  const headLine = async (
    head: { links: number; hash: string; at: string },
    pair: TestKeyPair = pairs().dk,
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
      pairs().dk.key,
    );
    const details = {
      partner: 'dk',
      statement,
      key: networkHeads.describeKey(pairs().dk.publicKey),
    };
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
    key = pairs().dk.key,
    heads,
    change = (evidence) => evidence,
    by = pairs().hub.key,
  }: EvidenceParts = {}): Promise<string> {
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
  return { assertFor, headLine, sealedHead, make };
}
