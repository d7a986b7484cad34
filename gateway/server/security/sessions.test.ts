import {
  createKeyStore,
  ensureKeyFiles,
  hubIssuer,
  keyFilesOf,
  readKeyFile,
  tokens,
} from '@hub/shared/identity';
import { createHttpServer, listen } from '@hub/shared/server';
import { silentLogger } from '@hub/shared/system';
import { createDisposableStack } from '@hub/shared/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthenticate } from './authenticate.js';
import { createSessions, sessionHeader, type Renewal, type Sessions } from './sessions.js';

const hour = 3_600;
const start = new Date('2030-03-01T08:00:00Z').getTime();

/** What workers and hubs tell each other. */
const createEnded = () => {
  const ended = new Set<string>();
  return {
    isEnded: (id: string) => ended.has(id),
    endSession: (id: string) => Promise.resolve(void ended.add(id)),
  };
};

describe('createSessions', () => {
  let folder: string;
  let seconds = 0;
  const revoked = new Set<string>();
  const clock = () => new Date(start + seconds * 1_000);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-sessions-'));
    for (const code of ['dk', 'no', hubIssuer, 'other']) await ensureKeyFiles(folder, code);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const tokenOf = async (subject: string, organisation = 'dk', ttl = hour, purpose?: string) => {
    const { keys } = await readKeyFile(keyFilesOf(folder, organisation).private);
    const key = keys.find(({ use }) => use === 'sig');
    if (!key) throw new Error('No key.');
    const claims = { organisation, subject, role: 'liaison' as const, purpose };
    return tokens.signToken({ key, ttl, clock, ...claims });
  };

  const openSessions = (revocations = createEnded(), hub: string = hubIssuer): Sessions => {
    const files = (code: string, kind: 'private' | 'public', as = code) =>
      createKeyStore({ files: new Map([[as, keyFilesOf(folder, code)[kind]]]) });
    const keys = createKeyStore({
      files: new Map(['dk', 'no'].map((code) => [code, keyFilesOf(folder, code).public])),
    });
    const isRevoked = ({ subject }: { subject: string }) => revoked.has(subject);
    const authenticate = createAuthenticate({ keys, clock, isRevoked });
    return createSessions({
      ownKeys: files(hub, 'private', hubIssuer),
      authenticate,
      revocations,
      clock,
    });
  };

  /** A hub with routes as those of the pages, and a browser that keeps its cookies. */
  async function openHub(sessions = openSessions(), scheme: 'http' | 'https' = 'http') {
    const stack = createDisposableStack();
    const trustedProxies = ['127.0.0.1'];
    const http = stack.use(await createHttpServer({ logger: silentLogger, trustedProxies }));
    http.post<{ Querystring: { token: string; refresh?: string; way: 'open' | 'renew' } }>(
      '/sign-in',
      async (request, reply) => {
        const { token, refresh, way } = request.query;
        const renewal: Renewal | undefined =
          refresh === undefined ? undefined : { organisation: 'dk', refreshToken: refresh };
        return sessions[way](request, reply, token, renewal);
      },
    );
    http.post('/sign-in/out', async (request, reply) => {
      await sessions.end(request, reply);
      return {};
    });
    http.get('/sign-in/session', (request) => sessions.read(request));
    http.get('/sign-in/renewal', async (request) => ({ is: await sessions.readRenewal(request) }));
    http.get('/asks', async (request) => ({ as: await sessions.authorize(request) }));
    const origin = await listen(http, 0);
    const cookies = new Map<string, string>();
    const rules: string[] = [];
    const proxied: Record<string, string> =
      scheme === 'https' ? { 'x-forwarded-proto': 'https' } : {};
    const send = async (method: string, path: string, headers: Record<string, string> = {}) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(origin + path, {
        method,
        headers: { cookie, ...proxied, ...headers },
      });
      for (const text of response.headers.getSetCookie()) {
        const [pair = '', ...others] = text.split('; ');
        const place = pair.indexOf('=');
        if (others.includes('Max-Age=0')) cookies.delete(pair.slice(0, place));
        else cookies.set(pair.slice(0, place), pair.slice(place + 1));
        rules.push(`${pair.slice(0, place)}; ${others.join('; ')}`);
      }
      // oxlint-disable-next-line typescript/no-explicit-any -- what a route of this test gives
      return { status: response.status, body: (await response.json()) as any };
    };
    const signIn = async (token: string, more = '', way = 'open') =>
      (await send('POST', `/sign-in?way=${way}&token=${token}${more}`)).body;
    const read = async () => (await send('GET', '/sign-in/session')).body;
    const asks = async (headers: Record<string, string>) =>
      (await send('GET', '/asks', headers)).body.as as string | undefined;
    return Object.assign(stack, { origin, cookies, rules, send, signIn, read, asks });
  }

  it('lets a browser ask as the person, with a cookie that shows nothing', async () => {
    await using hub = await openHub();
    const token = await tokenOf('anna');
    const session = await hub.signIn(token);
    expect(session).toEqual({
      id: expect.stringMatching(/^[\w-]{16}$/) as string,
      organisation: 'dk',
      role: 'liaison',
      subject: 'anna',
      secondsLeft: hour,
      isRenewable: false,
    });
    expect(await hub.read()).toEqual({ session });
    expect(await hub.asks({ [sessionHeader]: session.id })).toBe(`Bearer ${token}`);
    const [cookie = ''] = hub.cookies.values();
    expect(Buffer.from(cookie, 'base64url').toString('latin1')).not.toMatch(/anna|eyJ/);
  });

  it('sets a cookie that only this host gets, over TLS where there is TLS', async () => {
    await using local = await openHub();
    const { port } = new URL(local.origin);
    await local.signIn(await tokenOf('anna'));
    expect(local.rules[0]).toBe(`hub-session-${port}; HttpOnly; SameSite=Strict; Path=/`);
    await using remote = await openHub(openSessions(), 'https');
    await remote.signIn(await tokenOf('anna'));
    expect(remote.rules[0]).toBe('__Host-session; HttpOnly; SameSite=Strict; Path=/; Secure');
  });

  it.each<[string, Record<string, string>]>([
    ['without the header', {}],
    ['of another site', { [sessionHeader]: 'own', 'sec-fetch-site': 'cross-site' }],
    ['of another subdomain', { [sessionHeader]: 'own', 'sec-fetch-site': 'same-site' }],
    ['of another site in an old browser', { [sessionHeader]: 'own', origin: 'https://x.test' }],
    ['for another session', { [sessionHeader]: 'aaaaaaaaaaaaaaaa' }],
    ['for no session', { [sessionHeader]: '' }],
  ])('gives a request %s no rights of the person', async (_which, headers) => {
    await using hub = await openHub();
    const { id } = await hub.signIn(await tokenOf('anna'));
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value === 'own' ? id : value]),
    );
    // Not one of nobody either, if it says that somebody has signed in.
    expect(await hub.asks(sent)).toBe(sessionHeader in sent ? 'Session over' : undefined);
  });

  it('leaves a request with a token of its own alone', async () => {
    await using hub = await openHub();
    const { id } = await hub.signIn(await tokenOf('anna'));
    expect(await hub.asks({ [sessionHeader]: id, authorization: 'Bearer x' })).toBeUndefined();
  });

  it('makes another session at each sign-in, so that nobody can fix one before', async () => {
    await using hub = await openHub();
    const first = await hub.signIn(await tokenOf('anna'));
    const before = [...hub.cookies];
    const second = await hub.signIn(await tokenOf('anna'));
    expect(second.id).not.toBe(first.id);
    expect([...hub.cookies]).not.toEqual(before);
    expect(await hub.asks({ [sessionHeader]: first.id })).toBe('Session over');
  });

  it('is over after the sign-out for whoever has copied the cookie, at all hubs', async () => {
    const ended = createEnded();
    await using hub = await openHub(openSessions(ended));
    await using other = await openHub(openSessions(ended), 'https');
    const { id } = await hub.signIn(await tokenOf('anna'), '&refresh=secret');
    const [cookie = '', renewal = ''] = [...hub.cookies.values()];
    other.cookies.set('__Host-session', cookie).set('__Secure-renewal', renewal);
    expect(await other.read()).toMatchObject({ session: { id } });
    expect((await other.send('GET', '/sign-in/renewal')).body.is).toMatchObject({
      refreshToken: 'secret',
    });
    await hub.send('POST', '/sign-in/out');
    expect(hub.cookies.size).toBe(0);
    expect(await hub.read()).toEqual({ ended: 'NONE' });
    expect(await other.read()).toEqual({ ended: 'SIGNED_OUT' });
    expect(await other.asks({ [sessionHeader]: id })).toBe('Session over');
    expect((await other.send('GET', '/sign-in/renewal')).body.is).toBeUndefined();
  });

  it('is of one network: the cookie of another hub, or a changed one, opens nothing', async () => {
    await using other = await openHub(openSessions(createEnded(), 'other'));
    const { id } = await other.signIn(await tokenOf('anna'));
    await using hub = await openHub();
    const { port } = new URL(hub.origin);
    const [cookie = ''] = other.cookies.values();
    for (const value of [cookie, `${cookie.slice(0, -2)}AA`, 'x', '']) {
      hub.cookies.set(`hub-session-${port}`, value);
      expect(await hub.asks({ [sessionHeader]: id })).toBe('Session over');
      expect(await hub.read()).toEqual({ ended: value === '' ? 'NONE' : 'EXPIRED' });
    }
  });

  it('takes no cookie for the other, and none of two with its name', async () => {
    await using hub = await openHub();
    const { id } = await hub.signIn(await tokenOf('anna'), '&refresh=secret');
    const { port } = new URL(hub.origin);
    const own = hub.cookies.get(`hub-session-${port}`) ?? '';
    hub.cookies.set(`hub-session-${port}`, hub.cookies.get(`hub-renewal-${port}`) ?? '');
    expect(await hub.read()).toEqual({ ended: 'EXPIRED' });
    hub.cookies.set(`hub-session-${port}`, `${own}; hub-session-${port}=${own}`);
    expect(await hub.asks({ [sessionHeader]: id })).toBe('Session over');
  });

  it('says why it is over: its time, or that the person’s access was ended', async () => {
    await using hub = await openHub();
    await hub.signIn(await tokenOf('anna'));
    revoked.add('anna');
    expect(await hub.read()).toEqual({ ended: 'REVOKED' });
    revoked.clear();
    seconds = hour;
    expect(await hub.read()).toEqual({ ended: 'EXPIRED' });
    seconds = 0;
  });

  it('is renewed for the same person until the end of a working day', async () => {
    await using hub = await openHub();
    const { id } = await hub.signIn(await tokenOf('anna'), '&refresh=one');
    seconds = 11 * hour;
    // Its token has expired, and the provider can still give another one.
    expect(await hub.read()).toMatchObject({ session: { id, secondsLeft: 0, isRenewable: true } });
    const renewed = await hub.signIn(await tokenOf('anna'), '&refresh=two', 'renew');
    expect(renewed).toMatchObject({ id, secondsLeft: hour });
    expect((await hub.send('GET', '/sign-in/renewal')).body.is).toEqual({
      organisation: 'dk',
      refreshToken: 'two',
    });
    expect((await hub.signIn(await tokenOf('bo'), '', 'renew')).id).not.toBe(id);
    await hub.signIn(await tokenOf('anna'), '&refresh=one');
    seconds += 12 * hour;
    expect(await hub.read()).toEqual({ ended: 'EXPIRED' });
    expect((await hub.send('GET', '/sign-in/renewal')).body.is).toBeUndefined();
    seconds = 0;
  });

  it.each(['', 'x', 'a.b.c'])('does not open with "%s", and sets nothing', async (token) => {
    await using hub = await openHub();
    expect((await hub.send('POST', `/sign-in?way=open&token=${token}`)).status).toBe(401);
    expect(hub.rules).toEqual([]);
  });

  it('refuses a token that no browser would store', async () => {
    await using hub = await openHub();
    // As long as its names may be, in letters of three bytes.
    const long = await tokenOf('警'.repeat(256), 'dk', hour, '警'.repeat(256));
    const { status } = await hub.send('POST', `/sign-in?way=open&token=${long}`);
    expect([status, hub.rules]).toEqual([400, []]);
  });
});
