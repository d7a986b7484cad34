import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureKeyFiles, keyFilesOf, readKeyFile } from './keys/key-file.js';
import { createReplayGuard, createRequestVerifier, signRequest } from './request-signature.js';
import { type Channel, deriveChannel } from './signature-form.js';

const start = new Date('2026-11-24T12:00:00Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);

describe('UNAUTHENTICATED', () => {
  let folder: string;
  let channel: Channel;

  const keyOf = async (code: string, use: string, kind: 'private' | 'public' = 'private') => {
    const set = await readKeyFile(keyFilesOf(folder, code)[kind]);
    const key = set.keys.find((candidate) => candidate.use === use);
    if (!key) throw new Error('There is no such key.');
    return key;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-signature-'));
    await Promise.all(['hub', 'dk', 'no'].map((code) => ensureKeyFiles(folder, code)));
    channel = deriveChannel(
      await keyOf('hub', 'enc'),
      await keyOf('dk', 'enc', 'public'),
      'h',
      'd',
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const parts = { method: 'POST', path: '/graphql', body: '{"query":"{ __typename }"}' };
  const sign = (changes: Partial<Parameters<typeof signRequest>[0]> = {}) =>
    signRequest({
      ...parts,
      partner: 'dk',
      assertion: 'an assertion',
      channel,
      now: start,
      ...changes,
    });
  const createVerifier = (now = start) =>
    createRequestVerifier({
      partner: 'dk',
      channelOf: (id) => Promise.resolve(id === channel.id ? channel : undefined),
      replays: createReplayGuard(310, new Date(0)),
      clock: () => now,
    });
  const isRefused = { code: 'UNAUTHENTICATED' };

  it('is not raised for a request that the hub signed for this partner, with its assertion', async () => {
    expect(await createVerifier()({ ...parts, headers: sign() })).toMatchObject({
      assertion: 'an assertion',
    });
  });

  it('is not raised for a request with a signed time limit', async () => {
    const headers = sign({ timeLeftMs: 4_500 });
    expect(headers).toMatchObject({ 'hub-time-left': '4500' });
    expect(headers['signature-input']).toContain('"hub-assertion" "hub-time-left");');
    expect(await createVerifier()({ ...parts, headers })).toMatchObject({
      assertion: 'an assertion',
    });
  });

  it.each([
    ['was altered', 4_500, '60000'],
    ['was added', undefined, '60000'],
    ['was added in another form', undefined, '1 minute'],
    ['was sent twice', 4_500, ['4500', '9000']],
    ['was sent as a list', 4_500, ['4500']],
  ])('is raised if the time limit %s', async (_how, timeLeftMs, sent) => {
    const headers = { ...sign({ timeLeftMs }), 'hub-time-left': sent };
    await expect(createVerifier()({ ...parts, headers })).rejects.toMatchObject(isRefused);
  });

  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

  it('is not raised for a request with a signed name of the client and trace context', async () => {
    const headers = sign({ timeLeftMs: 4_500, clientName: 'desk', traceparent });
    expect(headers).toMatchObject({ 'hub-client-name': 'desk', 'hub-traceparent': traceparent });
    expect(headers['signature-input']).toContain(
      '"hub-assertion" "hub-time-left" "hub-client-name" "hub-traceparent");',
    );
    expect(await createVerifier()({ ...parts, headers })).toMatchObject({
      assertion: 'an assertion',
    });
  });

  it.each([
    ['name of the client was altered', { clientName: 'desk' }, 'another'],
    ['name of the client was added', {}, 'another'],
    ['name of the client was added in another form', {}, 'two\nlines'],
    ['name of the client was sent twice', { clientName: 'desk' }, ['desk', 'another']],
    ['name of the client was removed', { clientName: 'desk' }, undefined],
    ['trace context was altered', { traceparent }, traceparent.replace('-01', '-00')],
    ['trace context was added', { clientName: undefined }, traceparent],
    ['trace context was sent twice', { traceparent }, [traceparent, traceparent]],
    ['trace context was removed', { traceparent }, undefined],
  ])('is raised if the %s', async (what, signed, sent) => {
    const header = what.startsWith('trace') ? 'hub-traceparent' : 'hub-client-name';
    const headers = { ...sign(signed), [header]: sent };
    await expect(createVerifier()({ ...parts, headers })).rejects.toMatchObject(isRefused);
  });

  it('is not raised for any key id that a header can contain', async () => {
    const named = { ...channel, id: 'the "first" \\ of two' };
    const verify = createRequestVerifier({
      partner: 'dk',
      channelOf: (id) => Promise.resolve(id === named.id ? named : undefined),
      replays: createReplayGuard(310, new Date(0)),
      clock: () => start,
    });
    const headers = sign({ channel: named });
    expect(await verify({ ...parts, headers })).toMatchObject({ assertion: 'an assertion' });
    expect(() => sign({ channel: { ...channel, id: 'two\nlines' } })).toThrow(TypeError);
  });

  it('is the same key on both sides, and on no others', async () => {
    const hubKey = await keyOf('hub', 'enc', 'public');
    const own = deriveChannel(await keyOf('dk', 'enc'), hubKey, 'h', 'd');
    const foreign = deriveChannel(await keyOf('no', 'enc'), hubKey, 'h', 'd');
    expect(own.secret.equals(channel.secret)).toBe(true);
    expect(foreign.secret.equals(channel.secret)).toBe(false);
  });

  it('is raised for a request without a signature', async () => {
    const { signature: _, ...unsigned } = sign();
    await expect(createVerifier()({ ...parts, headers: unsigned })).rejects.toMatchObject(
      isRefused,
    );
    await expect(createVerifier()({ ...parts, headers: {} })).rejects.toMatchObject(isRefused);
  });

  it.each([
    ['body', { body: '{"query":"{ officers }"}' }],
    ['method', { method: 'PUT' }],
    ['path', { path: '/other' }],
  ])('is raised if the %s was changed', async (_part, change) => {
    await expect(createVerifier()({ ...parts, ...change, headers: sign() })).rejects.toMatchObject(
      isRefused,
    );
  });

  it.each(['content-digest', 'hub-partner', 'hub-assertion'])(
    'is raised if the header %s was changed',
    async (name) => {
      const headers = { ...sign(), [name]: 'something else' };
      await expect(createVerifier()({ ...parts, headers })).rejects.toMatchObject(isRefused);
    },
  );

  it('is raised for a request to another partner', async () => {
    const headers = sign({ partner: 'no' });
    await expect(createVerifier()({ ...parts, headers })).rejects.toMatchObject(isRefused);
  });

  it('is raised for another key with the same name', async () => {
    const headers = sign({ channel: { ...channel, secret: Buffer.alloc(32, 1) } });
    await expect(createVerifier()({ ...parts, headers })).rejects.toMatchObject(isRefused);
  });

  it('is raised if the signature covers too little', async () => {
    const headers = sign();
    const input = headers['signature-input']?.replace(' "hub-assertion"', '');
    await expect(
      createVerifier()({ ...parts, headers: { ...headers, 'signature-input': input } }),
    ).rejects.toMatchObject(isRefused);
  });

  it.each([
    ['older than five minutes', 301],
    ['from the future', -6],
  ])('is raised for a request %s', async (_age, seconds) => {
    await expect(
      createVerifier(later(seconds))({ ...parts, headers: sign() }),
    ).rejects.toMatchObject(isRefused);
  });

  it('is not raised if a clock is a few seconds behind', async () => {
    const ahead = new Date(Date.now() + 3_600_000);
    const headers = sign({ now: ahead });
    const verify = createVerifier(new Date(ahead.getTime() - 4_000));
    expect(await verify({ ...parts, headers })).toMatchObject({ assertion: 'an assertion' });
  });

  it('is raised for a repeated request', async () => {
    const verify = createVerifier();
    const headers = sign();
    await verify({ ...parts, headers });
    await expect(verify({ ...parts, headers })).rejects.toMatchObject(isRefused);
  });

  it('is raised for a replay with a second, invalid signature', async () => {
    const verify = createVerifier();
    const headers = sign();
    await verify({ ...parts, headers });
    const input = headers['signature-input'] ?? '';
    const other = input.replace('hub=', 'other=').replace(/nonce="[^"]+"/, 'nonce="fresh"');
    const replay = {
      ...headers,
      'signature-input': `${input}, ${other}`,
      signature: `${headers.signature}, other=:AAAA:`,
    };
    await expect(verify({ ...parts, headers: replay })).rejects.toMatchObject(isRefused);
  });

  describe('names the first failed check', () => {
    const reasonOf = async (
      headers: Record<string, string | string[] | undefined>,
      change: Partial<typeof parts> = {},
      verify = createVerifier(),
    ) => {
      const error: unknown = await verify({ ...parts, ...change, headers }).then(
        () => 'no error',
        (reason: unknown) => reason,
      );
      return (error as { extensions: { reason?: unknown } }).extensions.reason;
    };
    const otherDigest = { body: '{"query":"{ officers }"}' };

    it.each([
      ['no partner', 'hub-partner', 'UNSIGNED'],
      ['no assertion', 'hub-assertion', 'UNSIGNED'],
      ['no digest', 'content-digest', 'DIGEST'],
      ['no signature', 'signature', 'SIGNATURE'],
      ['no parameters of a signature', 'signature-input', 'UNSIGNED'],
    ])('%s', async (_what, name, reason) => {
      const headers = Object.fromEntries(
        Object.entries(sign()).filter(([header]) => header !== name),
      );
      expect(await reasonOf(headers)).toBe(reason);
    });

    it.each(['hub-partner', 'hub-assertion', 'content-digest', 'signature', 'signature-input'])(
      'if %s is sent twice',
      async (name) => {
        const headers = sign();
        const twice = { ...headers, [name]: [headers[name] ?? '', headers[name] ?? ''] };
        const reasons = {
          'hub-partner': 'PARTNER',
          'hub-assertion': 'UNSIGNED',
          'content-digest': 'DIGEST',
          signature: 'SIGNATURE',
          'signature-input': 'UNSIGNED',
        };
        expect(await reasonOf(twice)).toBe(reasons[name as keyof typeof reasons]);
      },
    );

    it('another partner, before another body', async () => {
      expect(await reasonOf(sign({ partner: 'no' }), otherDigest)).toBe('PARTNER');
    });

    it('another body, before a bad signature', async () => {
      const headers = { ...sign(), signature: 'none' };
      expect(await reasonOf(headers, otherDigest)).toBe('DIGEST');
      expect(await reasonOf(headers)).toBe('SIGNATURE');
    });

    it('a time that is sent twice', async () => {
      const headers = { ...sign({ timeLeftMs: 4_500 }), 'hub-time-left': ['4500'] };
      expect(await reasonOf(headers)).toBe('SIGNATURE');
    });

    it('a clock, a key, and a nonce', async () => {
      expect(await reasonOf(sign(), {}, createVerifier(later(301)))).toBe('CLOCK');
      expect(await reasonOf(sign({ channel: { ...channel, id: 'another' } }))).toBe('KEY');
      const verify = createVerifier();
      const headers = sign();
      await verify({ ...parts, headers });
      expect(await reasonOf(headers, {}, verify)).toBe('NONCE');
    });
  });

  it('is not raised because of the signature of a proxy beside the hub’s', async () => {
    const { signature = '', ...headers } = sign();
    const both = {
      ...headers,
      signature: `${signature}, proxy=:AAAA:`,
      'signature-input': `${headers['signature-input']}, proxy=("@path");keyid="p"`,
    };
    expect(await createVerifier()({ ...parts, headers: both })).toMatchObject({
      assertion: 'an assertion',
      created: start,
    });
  });

  it('is raised for another label', async () => {
    const { signature = '', ...headers } = sign();
    const renamed = {
      ...headers,
      signature: signature.replace('hub=', 'another='),
      'signature-input': headers['signature-input']?.replace('hub=', 'another='),
    };
    await expect(createVerifier()({ ...parts, headers: renamed })).rejects.toMatchObject(isRefused);
  });

  it('is not raised for a thousand requests in a row, each with its own nonce', async () => {
    const verify = createVerifier();
    const verified = await Promise.all(
      Array.from({ length: 1_000 }, () => verify({ ...parts, headers: sign() })),
    );
    expect(new Set(verified.map(({ nonce }) => nonce)).size).toBe(1_000);
  });

  it('returns when the request was signed, by the hub’s clock', async () => {
    const verified = await createVerifier(later(3))({ ...parts, headers: sign() });
    expect(verified.created).toEqual(start);
  });

  it('uses the system’s clock by default, on both sides', async () => {
    const headers = signRequest({ ...parts, partner: 'dk', assertion: 'an assertion', channel });
    expect(headers).not.toHaveProperty('hub-time-left');
    expect(headers).not.toHaveProperty('hub-client-name');
    const verify = createRequestVerifier({
      partner: 'dk',
      channelOf: () => Promise.resolve(channel),
      replays: createReplayGuard(310, new Date(0)),
    });
    expect(await verify({ ...parts, headers })).toMatchObject({ assertion: 'an assertion' });
  });
});
