import {
  anonymous,
  createKeyStore,
  ensureKeyFiles,
  keyFilesOf,
  readKeyFile,
  tokens,
} from '@hub/shared/identity';
import { silentLogger } from '@hub/shared/system';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OtherWorkers } from '../../process/workers/other-workers.js';
import { type Authenticate, createAuthenticate, openRevocations } from './authenticate.js';

const clock = () => new Date('2026-11-24T12:00:00Z');

describe('UNAUTHENTICATED', () => {
  let folder: string, authenticate: Authenticate;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-authenticate-'));
    await Promise.all(['no', 'se'].map((code) => ensureKeyFiles(folder, code)));
    // Sweden has keys, but is not registered.
    const keys = createKeyStore({ files: new Map([['no', keyFilesOf(folder, 'no').public]]) });
    authenticate = createAuthenticate({ keys, clock });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const sign = async (organisation: string, ttl = 60) => {
    const [key] = (await readKeyFile(keyFilesOf(folder, organisation).private)).keys;
    if (!key) throw new Error('There is no key.');
    return tokens.signToken({
      key,
      organisation,
      subject: 'anna',
      role: 'liaison',
      purpose: 'hosting',
      ttl,
      clock,
    });
  };
  const refuse = (header: string) =>
    expect(authenticate(header), header).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });

  it('is not raised without a token: the caller is anonymous', async () => {
    expect(await authenticate(undefined)).toBe(anonymous);
  });

  it('is not raised for a valid token, which identifies the caller', async () => {
    const reader = {
      kind: 'person',
      organisation: 'no',
      subject: 'anna',
      role: 'liaison',
      purpose: 'hosting',
    };
    expect(await authenticate(`Bearer ${await sign('no')}`)).toEqual(reader);
    expect(await authenticate(`bearer  ${await sign('no')}`)).toEqual(reader);
  });

  it('is raised for a header without a token', async () => {
    for (const header of [
      '',
      'Bearer',
      'Bearer ',
      'Basic YTpi',
      'Bearer a b',
      `Bearer ${await sign('no')}, Bearer x`,
    ]) {
      await refuse(header);
    }
  });

  it('is raised for a forged and for an expired token', async () => {
    await refuse(`Bearer ${await sign('se')}`);
    await refuse(`Bearer ${await sign('no', -60)}`);
    await refuse(`Bearer ${(await sign('no')).slice(0, -4)}`);
    await refuse(`Token ${await sign('no')}`);
  });

  it('is raised for a token that was valid, once it expires or its key is removed', async () => {
    let now = clock();
    const file = keyFilesOf(folder, 'dk').public;
    await ensureKeyFiles(folder, 'dk');
    const files = new Map([['dk', file]]);
    const known = createAuthenticate({
      keys: createKeyStore({ files, recheckMs: 0, clock: () => now }),
      clock: () => now,
    });
    const header = `Bearer ${await sign('dk')}`;
    const reader = await known(header);
    expect(await known(header), 'verified once').toBe(reader);
    now = new Date(now.getTime() + 66_000);
    await expect(known(header), 'too old').rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    now = clock();
    expect(await known(header)).toEqual(reader);
    await rm(file);
    now = new Date(now.getTime() + 1_000);
    await expect(known(header), 'no key').rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

const now = new Date('2030-01-01T12:00:00Z');
const second = now.getTime() / 1_000;
const anna = { organisation: 'dk', subject: 'anna' };

type Listener = Parameters<OtherWorkers['listen']>[1];

/** Processes that notify one another. */
function createBus(): () => OtherWorkers {
  const members: Map<string, Listener>[] = [];
  return () => {
    const own = new Map<string, Listener>();
    members.push(own);
    return {
      exist: () => members.length > 1,
      async notify(topic, body) {
        for (const member of members) if (member !== own) await member.get(topic)?.(body);
      },
      listen: (topic, listener) => void own.set(topic, listener),
    };
  };
}

describe('openRevocations', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-revocations-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const openHub = async (file: string, join_: () => OtherWorkers, at = now) => {
    const told: string[] = [];
    const revocations = await openRevocations({
      path: join(folder, file),
      others: join_(),
      logger: silentLogger,
      onRevoked: async (one) => void told.push('subject' in one ? one.subject : one.person),
      clock: () => at,
    });
    return { told, ...revocations };
  };

  it('ends tokens that were made until now, or by a clock that is five seconds ahead', async () => {
    using hub = await openHub('one', createBus());
    expect(hub.isRevoked(anna, second)).toBe(false);
    await hub.revoke(anna);
    for (const issuedAt of [0, second - 3_600, second, second + 5])
      expect(hub.isRevoked(anna, issuedAt), String(issuedAt)).toBe(true);
    expect(hub.isRevoked(anna, second + 6)).toBe(false);
    expect(hub.isRevoked({ ...anna, organisation: 'no' }, second)).toBe(false);
    expect(hub.isRevoked({ ...anna, subject: 'Anna' }, second)).toBe(false);
  });

  it('ends all tokens of a participant by her record, whatever their subjects, and nobody else’s', async () => {
    const bus = createBus();
    using hub = await openHub('participants', bus);
    using other = await openHub('other-participants', bus);
    const participant = { ...anna, person: 'dk:o' };
    await hub.revoke({ organisation: 'dk', person: 'dk:o' });
    using again = await openHub('participants', createBus());
    for (const { isRevoked } of [hub, other, again]) {
      expect(isRevoked(participant, second + 5)).toBe(true);
      expect(isRevoked({ ...participant, subject: 'dk:o' }, second)).toBe(true);
      expect(isRevoked(participant, second + 6)).toBe(false);
      expect(isRevoked(anna, second)).toBe(false);
      expect(isRevoked({ organisation: 'dk', subject: 'dk:o' }, second)).toBe(false);
      expect(isRevoked({ ...participant, person: 'dk:p' }, second)).toBe(false);
      expect(isRevoked({ ...participant, organisation: 'no' }, second)).toBe(false);
    }
    // Who works there is no participant, whatever the subject is.
    await hub.revoke({ organisation: 'dk', subject: 'dk:p' });
    expect(hub.isRevoked({ ...anna, person: 'dk:p' }, second)).toBe(false);
    expect([hub.told, other.told]).toEqual([
      ['dk:o', 'dk:p'],
      ['dk:o', 'dk:p'],
    ]);
  });

  it('tells hubs with data folders of their own, and one that starts later, which all keep it', async () => {
    const bus = createBus();
    using first = await openHub('first', bus);
    using other = await openHub('other', bus);
    await first.revoke(anna);
    expect([other.told, other.isRevoked(anna, second)]).toEqual([['anna'], true]);
    using late = await openHub('late', bus);
    await expect.poll(() => late.isRevoked(anna, second)).toBe(true);
    await expect.poll(() => late.told).toEqual(['anna']);
    for (const file of ['first', 'other', 'late']) {
      using alone = await openHub(file, createBus());
      // What she has made since stays.
      expect([alone.isRevoked(anna, second), alone.told], file).toEqual([true, []]);
    }
  });

  it('ends a session everywhere, and keeps that, and tells no plugin of it', async () => {
    const bus = createBus();
    using hub = await openHub('session', bus);
    using other = await openHub('other-session', bus);
    expect(hub.isEnded('s1')).toBe(false);
    await hub.endSession('s1');
    using late = await openHub('late-session', bus);
    await expect.poll(() => late.isEnded('s1')).toBe(true);
    for (const file of ['session', 'other-session', 'late-session']) {
      using again = await openHub(file, createBus());
      expect([again.isEnded('s1'), again.isEnded('s2')], file).toEqual([true, false]);
    }
    expect([...hub.told, ...other.told, ...late.told]).toEqual([]);
  });

  it('forgets a person when the last token that it could concern has expired', async () => {
    const day = 24 * 3_600_000;
    using first = await openHub('forget', createBus());
    await first.revoke(anna);
    using within = await openHub('forget', createBus(), new Date(now.getTime() + day));
    expect(within.isRevoked(anna, second)).toBe(true);
    using after = await openHub('forget', createBus(), new Date(now.getTime() + day + 11_000));
    expect(after.isRevoked(anna, second)).toBe(false);
  });

  it('does not open over a file that it cannot read', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(openHub('file/below', createBus())).rejects.toThrow('file');
  });
});
