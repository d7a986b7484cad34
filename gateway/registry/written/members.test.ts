import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NetworkError, parseNetwork } from '../network.js';
import {
  applyMembers,
  membersFile,
  noteContract,
  readMembers,
  writeMembers,
  type Members,
} from './members.js';

const partner = (code: string, port: number) => ({
  code,
  name: code,
  subgraph: 'national-police',
  url: `http://127.0.0.1:${port}/graphql`,
  contact: `hub@${code}.example.org`,
  publicKeys: `keys/${code}.public.json`,
});
const full = (code: string, port: number) => ({
  ...partner(code, port),
  deadlineMs: 5_000,
  maxResponseBytes: 10_000_000,
});
const network = parseNetwork(
  JSON.stringify({ port: 4000, partners: [partner('dk', 4111), partner('no', 4112)] }),
);
const change = { since: '2026-11-26T12:00:00Z', reason: 'It moved.' };
const none: Members = { added: [], suspended: {}, removed: {}, contracts: [] };

describe('members', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'members-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('are those of the network file, until a command changes them', () => {
    expect(readMembers(dataDir)).toEqual(none);
    expect(applyMembers(network, none)).toEqual(network);
  });

  it('are read as they were written', async () => {
    const members = { ...none, added: [full('pl', 4119)], suspended: { no: change } };
    await writeMembers(dataDir, members);
    expect(readMembers(dataDir)).toEqual(members);
  });

  it('are the network’s, the added, the suspended and the removed', () => {
    const members = {
      added: [full('pl', 4119)],
      suspended: { no: change },
      removed: { dk: change },
    };
    const { partners } = applyMembers(network, members);
    expect(partners.map(({ code, isAdded, membership }) => [code, isAdded, membership])).toEqual([
      ['dk', undefined, { state: 'REMOVED', ...change }],
      ['no', undefined, { state: 'SUSPENDED', ...change }],
      ['pl', true, undefined],
    ]);
  });

  it.each([
    ['code', full('dk', 4119)],
    ['address', full('pl', 4111)],
    ['address of the hub', full('pl', 4000)],
  ])('refuse an added partner with the %s of another', (_what, added) => {
    expect(() => applyMembers(network, { ...none, added: [added] })).toThrow(NetworkError);
  });

  it.each(['', '{', '[]', '{"added":[]}', '{"added":[],"suspended":{"dk":{}},"removed":{}}'])(
    'are those of the network file if a file has the content %s',
    async (text) => {
      await mkdir(dirname(membersFile(dataDir)), { recursive: true });
      await writeFile(membersFile(dataDir), text);
      expect(readMembers(dataDir)).toEqual(none);
    },
  );

  it('know which contracts are in the data folder', async () => {
    await noteContract(dataDir, 'shelters', true);
    await noteContract(dataDir, 'shelters', true);
    expect(readMembers(dataDir)).toEqual({ ...none, contracts: ['shelters'] });
    await noteContract(dataDir, 'shelters', false);
    expect(readMembers(dataDir)).toEqual(none);
  });
});
