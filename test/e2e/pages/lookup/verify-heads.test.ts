import { chainedLines, dailyHeads, networkHeads } from '@hub/shared/records';
import { createTestKeyPair } from '@hub/shared/testing';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { expect, it } from 'vitest';

/** The pages are built apart from the tests. */
const page = new URL('../../../../gateway/explorer/pages/record/verify-heads.ts', import.meta.url);
const { verifyHeads } = (await import(page.href)) as {
  readonly verifyHeads: (lines: readonly string[]) => Promise<object>;
};

const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}T00:10:00.000Z`;
const finland = await createTestKeyPair('fi-1');
const network = await createTestKeyPair('nbnp-1', 'ES256');

/** A file in the making, by the code of the hub and the partners. */
class File {
  readonly lines: string[] = [];
  #end = chainedLines.noLines;

  append(event: string, details: Record<string, unknown>): void {
    const line = chainedLines.continueLines(this.#end, { at: day(30), event, details });
    this.lines.push(JSON.stringify(line));
    this.#end = line;
  }

  async sign(partner: string, at: string, pair = finland, seen = this.#end): Promise<void> {
    const opening = dailyHeads.makeOpening({ links: 1, hash: 'a'.repeat(64) });
    const { sequence, hash } = seen;
    const head = { form: 2, issuer: partner, at, end: dailyHeads.commitToEnd(opening) } as const;
    const statement = await dailyHeads.signHead({ ...head, seen: { sequence, hash } }, pair.key);
    this.append('HEAD', { partner, statement, key: networkHeads.describeKey(pair.publicKey) });
  }
}

async function makeFile(): Promise<File> {
  const file = new File();
  await file.sign('fi', day(1));
  await file.sign('nbnp', day(1), network);
  await file.sign('fi', day(2));
  return file;
}

/** What the hub’s own command says, with the keys that the lines name. */
const command = (lines: readonly string[]) =>
  networkHeads.verifyHeads(lines, {
    keys: {
      signingKeysOf: (partner): Promise<JWK[]> =>
        Promise.resolve([(partner === 'nbnp' ? network : finland).publicKey]),
    },
  });

const changed = ({ lines }: File, index: number, change: (line: string) => string) =>
  lines.map((line, at) => (at === index ? change(line) : line));

it('verifies a file that holds, with its signers and their keys', async () => {
  const { lines } = await makeFile();
  const { end } = await command(lines);
  const keysOf = async ({ publicKey }: typeof finland) =>
    new Map([[await calculateJwkThumbprint(publicKey), networkHeads.describeKey(publicKey)]]);
  expect(await verifyHeads(lines)).toEqual({
    isWhole: true,
    lines: 3,
    hash: end.hash,
    signers: [
      {
        partner: 'fi',
        heads: 2,
        lastAt: day(2),
        resets: [],
        keys: await keysOf(finland),
      },
      {
        partner: 'nbnp',
        heads: 1,
        lastAt: day(1),
        resets: [],
        keys: await keysOf(network),
      },
    ],
  });
});

it('tells why a record began anew, and takes older heads after it', async () => {
  const file = await makeFile();
  file.append('RESET', { partner: 'fi', reason: 'an older back-up' });
  await file.sign('fi', day(1));
  const report = await verifyHeads(file.lines);
  expect(report).toMatchObject({
    isWhole: true,
    signers: [{ partner: 'fi', heads: 3, lastAt: day(1), resets: ['an older back-up'] }, {}],
  });
  expect((await command(file.lines)).partners[0]).toMatchObject({ heads: 3 });
});

it.each([
  ['a line is left out', 2, 'missing', ({ lines }: File) => lines.toSpliced(1, 1)],
  ['a line is no JSON', 2, 'unreadable', (file: File) => changed(file, 1, () => '{')],
  [
    'a line has another form',
    2,
    'unreadable',
    (file: File) => changed(file, 1, (one) => ` ${one}`),
  ],
  [
    'a signature was changed',
    3,
    'changed',
    (file: File) => changed(file, 2, (one) => one.replace(/.(?=","key")/, '-')),
  ],
] as const)(
  'finds the line at fault if %s, as the command does',
  async (_what, line, fault, breakFile) => {
    const lines = breakFile(await makeFile());
    expect(await verifyHeads(lines)).toEqual({ isWhole: false, line, fault });
    await expect(command(lines)).rejects.toMatchObject({ sequence: line });
  },
);

/** A head in the name of the network, which somebody else signed. */
async function forge(file: File): Promise<void> {
  const { sequence, hash } = chainedLines.noLines;
  const content = { links: 1, hash: 'a'.repeat(64), seen: { sequence, hash } };
  const statement = await dailyHeads.signHead(
    { form: 1, issuer: 'nbnp', at: day(3), ...content },
    { ...finland.key, kid: network.publicKey.kid ?? '' },
  );
  const key = networkHeads.describeKey(network.publicKey);
  file.append('HEAD', { partner: 'nbnp', statement, key });
}

it.each([
  ['somebody else signed', 'unsigned', forge],
  ['an organisation goes back in time', 'older', (file: File) => file.sign('fi', day(1))],
  [
    'a signer has seen another file',
    'forked',
    (file: File) => file.sign('fi', day(3), finland, { sequence: 2, hash: 'b'.repeat(64) }),
  ],
] as const)('refuses a file in which %s', async (_what, fault, add) => {
  const file = await makeFile();
  await add(file);
  expect(await verifyHeads(file.lines)).toEqual({ isWhole: false, line: 4, fault });
  await expect(command(file.lines)).rejects.toMatchObject({ sequence: 4 });
});
