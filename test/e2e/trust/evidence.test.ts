import { createKeyStore, keyFilesOf } from '@hub/shared/identity';
import { chainedLines, dailyHeads, networkHeads, signedResponses } from '@hub/shared/records';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runEvidenceCommand } from '../../../gateway/cli/records/evidence.js';
import { printed } from '../../../gateway/cli/test-printed.js';
import { UsageError } from '../../../gateway/config.js';
import { openRegistryFiles } from '../../../gateway/registry/files/served-graph.js';
import { EvidenceError } from '../../../gateway/registry/records/evidence-file.js';
import { createEvidenceStore } from '../../../gateway/registry/records/evidence-store.js';
import { createToken } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { placeNetwork } from '../network/place-network.js';

const query = '{ officers(first: 2, filter: { rehearsals: true }) { nodes { id } } }';

interface Body {
  readonly data?: unknown;
  readonly extensions?: {
    readonly evidence?: { readonly requestId: string; readonly until: string } | null;
  };
}

describe('hub evidence', () => {
  let network: OpenNetwork;
  let folder: string;
  let environment: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-evidence-'));
    const data = join(folder, 'data');
    await mkdir(data);
    const evidence = createEvidenceStore(join(data, 'evidence'));
    network = await openNetwork('demonstration', { isGuarded: true, evidence });
    environment = await placeNetwork(data, network.keys);
  });
  afterAll(async () => {
    await network[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const post = async (
    requestId: string,
    headers: Record<string, string> = { 'hub-evidence': '1' },
    isSignedIn = true,
    asked = query,
  ): Promise<Body> => {
    const token = await createToken(network.keys, { organisation: 'nbnp', role: 'coordinator' });
    const response = await fetch(network.hubUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-request-id': requestId,
        ...(isSignedIn && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify({ query: asked }),
    });
    return (await response.json()) as Body;
  };
  const run = (...argv: string[]) => printed(runEvidenceCommand, argv, environment);
  const keptOf = async (organisation: string) =>
    readdir(join(folder, 'data', 'evidence', organisation)).catch(() => []);

  it('makes one file of a request, which is verified with public keys alone', async () => {
    const { extensions } = await post('request-one');
    expect(extensions?.evidence?.requestId).toBe('request-one');
    const days = (Date.parse(extensions?.evidence?.until ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    const file = join(folder, 'one.json');
    expect(await run('request-one', '--to', file)).toMatch(/8 requests/);
    const report = await run('verify', file, '--keys', network.keys);
    expect(report).toMatch(/^request request-one of nbnp[^]*\nvalid$/);
    for (const code of ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'])
      expect(report).toMatch(
        new RegExp(`^${code} .*coordinator of nbnp.*signed by ${code} at`, 'm'),
      );
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/.{9}"\}\n$/, 'AAAAAAAAA"}\n'));
    await expect(run('verify', file)).rejects.toThrow(EvidenceError);
  });

  /** Publishes a head of this end, which hides it. Returns its opening. */
  const publishHead = async (partner: string, end: { links: number; hash: string }) => {
    const files = new Map([[partner, keyFilesOf(network.keys, partner).private]]);
    const [key = {}] = await createKeyStore({ files }).signingKeysOf(partner);
    const opening = dailyHeads.makeOpening(end);
    const at = new Date().toISOString();
    const { sequence, hash } = chainedLines.noLines;
    const seen = { sequence, hash };
    const statement = await dailyHeads.signHead(
      { form: 2, issuer: partner, at, end: dailyHeads.commitToEnd(opening), seen },
      key,
    );
    const details = { partner, statement, key: networkHeads.describeKey(key) };
    const { headsFile } = openRegistryFiles(join(folder, 'data'));
    await mkdir(dirname(headsFile), { recursive: true });
    await writeFile(
      headsFile,
      `${JSON.stringify(chainedLines.continueLines(chainedLines.noLines, { at, event: 'HEAD', details }))}\n`,
    );
    return JSON.stringify(opening);
  };

  it('verify --openings shows whether a published head has what the partner signed', async () => {
    await post('request-seven');
    const [kept] = createEvidenceStore(join(folder, 'data', 'evidence')).find('request-seven');
    const { partner = '', response } = kept?.exchanges.find((one) => one.response?.record) ?? {};
    const end = signedResponses.readRecordEnd(response?.record ?? '');
    if (!end) throw new Error('No partner signed the end of its record.');
    const openings = join(folder, 'openings.jsonl');
    const file = join(folder, 'seven.json');
    const make = async (hash: string) => {
      await writeFile(openings, `${await publishHead(partner, { ...end, hash })}\n`);
      await run('request-seven', '--to', file);
    };
    const lineOf = (report: string) =>
      report.split('\n').find((line) => line.startsWith(`${partner} `));
    await make(end.hash);
    expect(lineOf(await run('verify', file, '--openings', openings))).toMatch(
      RegExp(`record of ${end.links} links, published on `),
    );
    for (const hash of [end.hash, 'e'.repeat(64)]) {
      await make(hash);
      const report = await run('verify', file);
      expect(lineOf(report)).toMatch(/ links, not compared with 1 head without an opening$/);
      expect(report).toMatch(/\nvalid, but not compared with all heads: ask for --openings$/);
    }
    const contradicts = `another hash for link ${end.links}`;
    await expect(run('verify', file, '--openings', openings)).rejects.toThrow(contradicts);
    // The hub that made the file knows the opening.
    const { headsFile } = openRegistryFiles(join(folder, 'data'));
    const known = join(dirname(headsFile), 'head-openings.jsonl');
    await copyFile(openings, known);
    await expect(run('verify', file)).rejects.toThrow(contradicts);
    await run('request-seven', '--to', file);
    await rm(known);
    await expect(run('verify', file)).rejects.toThrow(contradicts);
  });

  it('asks each time anew, also for what is cached, and keeps no response’s values', async () => {
    const { data } = await post('request-two');
    const ids = JSON.stringify(data).match(/[a-z]{2}:[\w-]+/g) ?? [];
    expect(ids.length).toBeGreaterThan(0);
    const [, again] = [await post('request-three'), await post('request-three')];
    // An id that was used before is not replaced.
    expect(again.extensions?.evidence).toBeNull();
    const path = join(folder, 'data', 'evidence', 'nbnp', 'request-three.json');
    const kept = await readFile(path, 'utf8');
    expect((JSON.parse(kept) as { exchanges: unknown[] }).exchanges).toHaveLength(8);
    for (const id of ids) expect(kept).not.toContain(id);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it('keeps nothing unless a person asks for it', async () => {
    const before = await keptOf('nbnp');
    expect((await post('request-four', {})).extensions?.evidence).toBeUndefined();
    expect(
      (await post('request-five', { 'hub-evidence': '0' })).extensions?.evidence,
    ).toBeUndefined();
    const anonymous = await post('request-six', { 'hub-evidence': '1' }, false);
    expect(anonymous.extensions?.evidence).toBeUndefined();
    expect(await keptOf('nbnp')).toEqual(before);
    await expect(run('request-four', '--to', join(folder, 'x'))).rejects.toThrow(EvidenceError);
  });

  it('of somebody who was erased since stays valid, and has nothing of hers', async () => {
    const officer = 'fi:demo-officer-3';
    const { data } = await post(
      'request-of-her',
      undefined,
      true,
      `{ officer(id: "${officer}") { id name email } }`,
    );
    const { name, email } = (data as { officer: { name: string; email: string } }).officer;
    expect([name, email]).toEqual([expect.any(String), expect.any(String)]);
    const file = join(folder, 'hers.json');
    await run('request-of-her', '--to', file);
    const { errors } = await network.ask(
      `mutation { eraseOfficer(id: "${officer}") }`,
      {},
      { organisation: 'fi', role: 'coordinator' },
    );
    expect(errors).toBeUndefined();
    expect(await run('verify', file, '--keys', network.keys)).toMatch(/valid$/);
    const [claims = ''] = /[\w-]{500,}/.exec(await readFile(file, 'utf8')) ?? [];
    const text = Buffer.from(claims, 'base64url').toString();
    expect(text).toContain(officer);
    for (const one of [name, email]) expect(text).not.toContain(one);
  });

  it('prints its usage', async () => {
    for (const argv of [
      [],
      ['a-request'],
      ['verify'],
      ['verify', '/none'],
      ['verify', join(folder, 'one.json'), '--openings', '/none'],
      ['a', 'b', '--to', 'x'],
    ])
      await expect(run(...argv), argv.join(' ')).rejects.toThrow(UsageError);
  });
});

describe('what the hub keeps for evidence', () => {
  it('goes after 30 days, and the oldest first beyond 500 of one organisation', async () => {
    const own = await mkdtemp(join(tmpdir(), 'hub-evidence-'));
    const state = { now: new Date() };
    const store = createEvidenceStore(own, () => state.now);
    const keep = (requestId: string, organisation = 'no') =>
      store.keep({
        requestId,
        organisation,
        at: '2026-11-26T12:00:00Z',
        exchanges: [],
        omitted: 0,
      });
    try {
      for (let index = 0; index < 503; index += 1) await keep(`request-${index}`);
      await keep('request-of-se', 'se');
      expect(await readdir(join(own, 'no'))).toHaveLength(500);
      expect(store.find('request-502')).toHaveLength(1);
      expect(store.find('request-of-se')).toHaveLength(1);
      expect(await keep('../../escape')).toBeDefined();
      expect(await keep('request', '../no')).toBeUndefined();
      expect((await readdir(own)).toSorted()).toEqual(['no', 'se']);
      state.now = new Date(Date.now() + 31 * 86_400_000);
      expect(store.find('request-of-se')).toEqual([]);
      store.dropOld();
      expect(await readdir(join(own, 'se'))).toEqual([]);
      await keep('request-later');
      // The newest is of now as well, by the file’s own date.
      expect((await readdir(join(own, 'no'))).length).toBeLessThanOrEqual(1);
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  });
});
