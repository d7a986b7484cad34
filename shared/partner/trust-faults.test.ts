import { decodeJwt } from 'jose';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { createAssertReader } from '../identity/assertion.js';
import { ensureKeyFiles, keyFilesOf, readKeyFile } from '../identity/keys/key-file.js';
import { signRequest } from '../identity/request-signature.js';
import { deriveChannel } from '../identity/signature-form.js';
import { createPartnerIdentity, identityIn } from './partner-identity.js';

/**
 * A partner’s side of the trust with its own clock, and requests of a hub with the system’s clock.
 */
async function openTrust(
  aheadSeconds = 0,
  { isNew = false, hubUrl = 'http://127.0.0.1:1/graphql' } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-trust-'));
  for (const code of ['hub', 'other', 'dk']) await ensureKeyFiles(folder, code);
  const hubTime = new Date();
  /**
   * Requests from before the start of the partner’s server are refused, because an earlier one may
   * have got them.
   */
  const runsFor = isNew ? 0 : 600_000;
  let isOpening = true;
  let stoppedFor = 0;
  const lines: string[] = [];
  const identity = createPartnerIdentity({
    partner: 'dk',
    ...identityIn(folder, 'dk'),
    hubUrl,
    logger: pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) }),
    clock: () =>
      new Date(hubTime.getTime() + (aheadSeconds + stoppedFor) * 1_000 - (isOpening ? runsFor : 0)),
  });
  isOpening = false;
  const keyOf = async (file: string, use: string) => {
    const key = (await readKeyFile(file)).keys.find((one) => one.use === use);
    if (!key) throw new Error('There is no such key.');
    return key;
  };
  /**
   * @param agedSeconds the age of the assertion that the hub reuses
   * @param registered whose public keys the hub has for this partner
   */
  const ask = async ({
    signer = 'hub',
    registered = 'dk',
    path = '/graphql',
    agedSeconds = 0,
    sent = '/graphql',
  } = {}) => {
    const own = await keyOf(keyFilesOf(folder, signer).private, 'enc');
    const other = await keyOf(keyFilesOf(folder, registered).public, 'enc');
    const signing = await keyOf(keyFilesOf(folder, signer).private, 'sig');
    const made = new Date(hubTime.getTime() - agedSeconds * 1_000);
    const assertion = await createAssertReader(
      () => Promise.resolve(signing),
      () => made,
    )({ kind: 'anonymous' }, 'dk');
    const channel = deriveChannel(own, other, `${own.kid}`, `${other.kid}`);
    const parts = { method: 'POST', path, body: '{}' };
    const headers = signRequest({ ...parts, partner: 'dk', assertion, channel, now: hubTime });
    return identity.authenticate({ ...parts, path: sent, headers }).then(
      () => 'accepted',
      (error: { extensions: { reason?: string } }) => error.extensions.reason,
    );
  };
  const isReady = async () => ({
    keys: await identity.readyChecks.keys?.(),
    hub: await identity.readyChecks.hub?.(),
  });
  return {
    folder,
    hubTime,
    askHub: identity.askHub,
    logged: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    /** The requests that come next were sent when this process was stopped. */
    stopFor: (seconds: number) => void (stoppedFor = seconds),
    ask,
    isReady,
    async [Symbol.asyncDispose]() {
      await identity[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describe('clocks that differ', () => {
  it.each([0, 4, 7, 20, 250])(
    'change nothing if the partner’s is ahead by %i s, also with an assertion of 50 s',
    async (seconds) => {
      for (const ahead of seconds < 5 ? [seconds, -seconds] : [seconds]) {
        await using trust = await openTrust(ahead);
        expect(await trust.ask()).toBe('accepted');
        expect(await trust.ask({ agedSeconds: 50 })).toBe('accepted');
        expect((await trust.isReady()).hub).toBeUndefined();
      }
    },
  );

  it.each([-7, -20, -400, 301])(
    'refuse everything if it is behind, or minutes ahead, and are reported: %i s',
    async (ahead) => {
      await using trust = await openTrust(ahead);
      expect(await trust.ask()).toBe('CLOCK');
      expect(await trust.ask({ agedSeconds: 50 })).toBe('CLOCK');
      expect((await trust.isReady()).hub).toMatch(/^CLOCK/);
    },
  );
});

describe('a partner’s clock that is ahead', () => {
  it.each([7, 20, 250])('by %i s is logged once, after ten seconds', async (ahead) => {
    await using trust = await openTrust(ahead);
    await trust.ask();
    expect(trust.logged()).toEqual([]);
    const later = performance.now() + 10_000;
    const clock = vi.spyOn(performance, 'now').mockReturnValue(later);
    await trust.ask();
    await trust.ask();
    clock.mockRestore();
    expect(trust.logged()).toMatchObject([{ reason: 'CLOCK', skewSeconds: -ahead }]);
  });

  it.each([0, 4])('by %i s is not logged', async (ahead) => {
    await using trust = await openTrust(ahead);
    await trust.ask();
    expect(trust.logged()).toEqual([]);
  });

  it.each([7, 20])('by %i s is corrected in its requests to the hub', async (ahead) => {
    const tokens: string[] = [];
    const hub = createServer(({ headers }, response) => {
      tokens.push(String(headers.authorization).replace('Bearer ', ''));
      response.end('{"data":{}}');
    }).listen(0, '127.0.0.1');
    await once(hub, 'listening');
    const { port } = hub.address() as AddressInfo;
    await using trust = await openTrust(ahead, { hubUrl: `http://127.0.0.1:${port}/graphql` });
    await trust.ask();
    await trust.askHub('{ __typename }');
    const { iat, nbf } = decodeJwt(tokens[0] ?? '');
    // The hub dates its signatures in whole seconds.
    expect([iat, nbf]).toEqual(Array(2).fill(Math.floor(trust.hubTime.getTime() / 1_000)));
    hub.closeAllConnections();
    hub.close();
  });
});

describe('a partner that was stopped', () => {
  it.each([8, 120, 310])('for %i s finds nothing wrong with its clock', async (seconds) => {
    const sent: string[] = [];
    const hub = createServer(({ headers }, response) => {
      sent.push(String(headers.authorization).replace('Bearer ', ''));
      response.end('{"data":{}}');
    }).listen(0, '127.0.0.1');
    await once(hub, 'listening');
    const { port } = hub.address() as AddressInfo;
    await using trust = await openTrust(0, { hubUrl: `http://127.0.0.1:${port}/graphql` });
    expect(await trust.ask()).toBe('accepted');
    const now = performance.now() + seconds * 1_000;
    const clock = vi.spyOn(performance, 'now').mockReturnValue(now);
    trust.stopFor(seconds);
    const outcome = seconds > 300 ? 'CLOCK' : 'accepted';
    expect([await trust.ask(), await trust.ask()]).toEqual([outcome, outcome]);
    await trust.askHub('{ __typename }');
    clock.mockRestore();
    expect((await trust.isReady()).hub).toBeUndefined();
    expect(trust.logged()).toEqual([]);
    const { iat } = decodeJwt(sent[0] ?? '');
    expect(iat).toBe(Math.floor(trust.hubTime.getTime() / 1_000) + seconds);
    hub.closeAllConnections();
    hub.close();
  });
});

it('CLOCK is the reason for requests before the start of a partner whose clock is ahead', async () => {
  await using trust = await openTrust(20, { isNew: true });
  expect(await trust.ask()).toBe('CLOCK');
});

describe('keys that do not match', () => {
  it('are reported, and the partner is not ready', async () => {
    await using trust = await openTrust();
    expect(await trust.ask({ signer: 'other' })).toBe('KEY');
    expect((await trust.isReady()).hub).toMatch(/^HUB_KEYS_FOREIGN/);
    expect(await trust.ask({ sent: '/other' })).toBe('SIGNATURE');
  });

  it('are the partner’s own if the hub has other public keys of it', async () => {
    await using trust = await openTrust();
    expect(await trust.ask({ registered: 'other' })).toBe('PARTNER_KEY');
    expect((await trust.isReady()).hub).toMatch(/^OWN_KEYS_FOREIGN/);
    expect(await trust.ask({ registered: 'other', signer: 'other' })).toBe('KEY');
    expect((await trust.isReady()).hub).toMatch(/^HUB_KEYS_FOREIGN/);
  });

  it('are OWN_KEYS_FOREIGN if the public ones beside them do not match, also in the log', async () => {
    await using trust = await openTrust();
    const own = keyFilesOf(trust.folder, 'dk');
    await copyFile(keyFilesOf(trust.folder, 'other').public, own.public);
    const reason = /^OWN_KEYS_FOREIGN: this server’s own keys do not match the public ones/;
    expect((await trust.isReady()).keys).toMatch(reason);
    await trust.isReady();
    expect(trust.logged().map((line) => line.reason)).toEqual([expect.stringMatching(reason)]);
  });

  it('are valid without the public ones beside them', async () => {
    await using trust = await openTrust();
    await rm(keyFilesOf(trust.folder, 'dk').public);
    expect((await trust.isReady()).keys).toBeUndefined();
  });

  it.each([
    ['OWN_KEYS_MISSING', (folder: string) => rm(keyFilesOf(folder, 'dk').private)],
    ['OWN_KEYS_UNREADABLE', (folder: string) => writeFile(keyFilesOf(folder, 'dk').private, '{')],
    ['HUB_KEYS_MISSING', (folder: string) => rm(keyFilesOf(folder, 'hub').public)],
    ['HUB_KEYS_UNREADABLE', (folder: string) => writeFile(keyFilesOf(folder, 'hub').public, '[]')],
  ])('or cannot be used are %s', async (code, spoil) => {
    await using trust = await openTrust();
    await spoil(trust.folder);
    expect((await trust.isReady()).keys).toMatch(new RegExp(`^${code}:`));
  });

  it('are valid again when they are corrected', async () => {
    await using trust = await openTrust();
    const { private: file } = keyFilesOf(trust.folder, 'dk');
    await copyFile(file, `${file}.kept`);
    await rm(file);
    expect((await trust.isReady()).keys).toMatch(/^OWN_KEYS_MISSING/);
    await copyFile(`${file}.kept`, file);
    expect(await trust.isReady()).toEqual({ keys: undefined, hub: undefined });
  });
});
