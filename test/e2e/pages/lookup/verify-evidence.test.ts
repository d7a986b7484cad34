import { networkHeads } from '@hub/shared/records';
import { createTestKeyPair, type TestKeyPair } from '@hub/shared/testing';
import { calculateJwkThumbprint } from 'jose';
import { expect, it } from 'vitest';
import { verifyEvidence as command } from '../../../../gateway/registry/records/evidence-file.js';
import {
  createEvidenceMaker,
  inResponse,
  later,
  now,
  record,
} from '../../../../gateway/registry/records/test-evidence.js';

interface Check {
  readonly what: string;
  readonly verdict: string;
  readonly values: object;
}

interface Report {
  readonly file: readonly Check[];
  readonly exchanges: readonly { readonly partner: string; readonly checks: readonly Check[] }[];
}

/** The pages are built apart from the tests. */
const folder = '../../../../gateway/explorer/pages/record/';
const { verifyEvidence } = (await import(
  new URL(`${folder}verify-evidence.ts`, import.meta.url).href
)) as { readonly verifyEvidence: (file: string, signers: readonly object[]) => Promise<Report> };

const hub = await createTestKeyPair('hub-1');
const dk = await createTestKeyPair('dk-1', 'ES256');
const other = await createTestKeyPair('dk-1', 'ES256');
const { assertFor, headLine, sealedHead, make } = createEvidenceMaker(() => ({ hub, dk }));

const printOf = ({ publicKey }: TestKeyPair) => calculateJwkThumbprint(publicKey);

/** What the published file of all heads says of a signer. */
const signerOf = async (partner: string, pair: TestKeyPair) => ({
  partner,
  keys: new Map([[await printOf(pair), networkHeads.describeKey(pair.publicKey)]]),
});
const signers = [await signerOf('hub', hub), await signerOf('dk', dk)];
const keys = {
  signingKeysOf: (code: string) => Promise.resolve([(code === 'hub' ? hub : dk).publicKey]),
};

const listOf = ({ file, exchanges }: Report): readonly Check[] => [
  ...file,
  ...exchanges.flatMap(({ checks }) => checks),
];
const failuresOf = async (file: string, known: readonly object[] = signers) =>
  listOf(await verifyEvidence(file, known)).flatMap(({ what, verdict }) =>
    verdict === 'fails' ? what : [],
  );

it('says line by line what holds, with the keys that the hub publishes', async () => {
  const report = await verifyEvidence(await make(), signers);
  expect(report).toEqual({
    file: [
      {
        what: 'form',
        verdict: 'holds',
        values: { requestId: 'request-1', organisation: 'no', at: now.toISOString() },
      },
      { what: 'hub', verdict: 'holds', values: { print: await printOf(hub) } },
      { what: 'heads', verdict: 'holds', values: { number: 1, broken: 0 } },
    ],
    exchanges: [
      {
        partner: 'dk',
        checks: [
          { what: 'request', verdict: 'holds', values: { partner: 'dk' } },
          {
            what: 'caller',
            verdict: 'holds',
            values: { subject: 'anna', role: 'analyst', organisation: 'no' },
          },
          { what: 'whose', verdict: 'holds', values: { organisation: 'no' } },
          {
            what: 'response',
            verdict: 'holds',
            values: { partner: 'dk', status: 200, at: now.toISOString(), print: await printOf(dk) },
          },
          {
            what: 'record',
            verdict: 'holds',
            values: { partner: 'dk', links: 12, hidden: 0, at: later },
          },
        ],
      },
    ],
    omitted: 0,
  });
});

it('finds a change of a character wherever it is', async () => {
  const file = await make();
  for (let index = 0; index < file.length; index += index < 30 ? 1 : 7) {
    const character = file[index] === 'A' ? 'B' : 'A';
    const changed = file.slice(0, index) + character + file.slice(index + 1);
    const verdicts = listOf(await verifyEvidence(changed, signers)).map(({ verdict }) => verdict);
    expect([...new Set(verdicts)], `at ${index}`).not.toEqual(['holds']);
  }
  for (const changed of [` ${file}`, `${file}\n`, file.slice(0, -4), '', '{}', '[]'])
    expect(await failuresOf(changed)).toEqual(['form']);
});

it('shows the part that was changed beside the signature of the hub that no longer fits', async () => {
  const [start, payload = '', end] = (await make()).split('.');
  const text = Buffer.from(payload, 'base64url').toString();
  const changed = Buffer.from(text.replace('"status":200', '"status":403')).toString('base64url');
  expect(await failuresOf([start, changed, end].join('.'))).toEqual(['hub', 'response']);
});

// The hub signs the file, so it could sign a false one. It cannot sign for others.
it.each<[string, string, () => Promise<string>]>([
  ['another hub', 'hub', () => make({ by: { ...other.key, kid: 'hub-1' } })],
  ['a foreign key of the partner', 'response', () => make({ key: other.key })],
  ['another status', 'response', () => make({ change: inResponse({ status: 500 }) })],
  [
    'another organisation',
    'whose',
    () => make({ change: (evidence) => ({ ...evidence, organisation: 'se' }) }),
  ],
  [
    'a caller of another partner',
    'caller',
    async () => make({ assertion: await assertFor('no', 'se') }),
  ],
  [
    'a caller of another day',
    'caller',
    async () =>
      make({ assertion: await assertFor('no', 'dk', hub.key, new Date('2026-11-25T12:00:00Z')) }),
  ],
  [
    'another request',
    'request',
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
    'a record that was shortened later',
    'record',
    async () => make({ heads: [await headLine({ ...record, links: 11, at: later })] }),
  ],
  [
    'a record that was rewritten',
    'record',
    async () => make({ heads: [await headLine({ links: 12, hash: '56'.repeat(32), at: later })] }),
  ],
  [
    'a head of a foreign key',
    'heads',
    async () => make({ heads: [await headLine({ ...record, at: later }, other)] }),
  ],
])('finds %s, as the command does', async (_, what, build) => {
  const file = await build();
  expect(await failuresOf(file)).toContain(what);
  await expect(command(file, keys)).rejects.toThrow();
});

const unknownOf = async (file: string, known: readonly object[] = signers) =>
  listOf(await verifyEvidence(file, known)).flatMap(({ what, verdict }) =>
    verdict === 'unknown' ? what : [],
  );

it('says what cannot be decided, and not that it holds', async () => {
  const unsigned = inResponse({ signature: null, signatureInput: null, record: null });
  expect(await unknownOf(await make({ change: unsigned }))).toEqual(['response']);
  expect(await unknownOf(await make({ heads: [] }))).toEqual(['record']);
  const { heads, openings } = await sealedHead({ links: 15, hash: '34'.repeat(32) });
  expect(await unknownOf(await make({ heads }))).toEqual(['record']);
  const opened = make({ heads, change: (evidence) => ({ ...evidence, openings }) });
  expect(await unknownOf(await opened)).toEqual([]);
  expect(await unknownOf(await make({ heads: [] }), [])).toEqual(['hub', 'caller', 'response']);
  expect(await failuresOf(await make({ heads: [] }), [])).toEqual([]);
});
