import { HubError } from '@hub/shared/errors';
import { secrets } from '@hub/shared/identity';
import { createHttpServer, listen } from '@hub/shared/server';
import { silentLogger } from '@hub/shared/system';
import { createDisposableStack } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { registerParticipants, type PartnerAnswer, type PassOn } from './register-participants.js';

const id = secrets.createId();
const secret = secrets.createKey();
const next = secrets.createKey();
const cookie = `__Host-journey=dk.${id}.${secret}`;
const link = { partner: 'dk', id, secret };
const session = {
  id,
  person: 'dk:o',
  accessEndsOn: new Date().toISOString().slice(0, 10),
  token: 'a.b.c',
};

/** What the hub’s own session says, which another test checks. */
const opening = {
  id: 's',
  organisation: 'dk',
  role: 'participant',
  subject: 'dk:o',
  person: 'dk:o',
  secondsLeft: 60,
  isRenewable: false,
};

/** The routes before a partner that gives one answer. */
async function open(answer: PartnerAnswer, countTry: () => void = () => undefined) {
  const stack = createDisposableStack();
  const http = stack.use(await createHttpServer({ logger: silentLogger }));
  const passed: Parameters<PassOn>[0][] = [];
  const sessions: string[] = [];
  registerParticipants(http, {
    countTry,
    sessions: {
      open: (_request, _reply, token) => Promise.resolve((sessions.push(`open ${token}`), opening)),
      renew: (_request, _reply, token) =>
        Promise.resolve((sessions.push(`renew ${token}`), opening)),
      end: () => Promise.resolve(void sessions.push('end')),
    },
    passOn: (sent) => Promise.resolve((passed.push(sent), answer)),
  });
  const origin = await listen(http, 0);
  return Object.assign(stack, {
    passed,
    sessions,
    async post(path: string, content: unknown = {}, headers: Record<string, string> = {}) {
      const response = await fetch(`${origin}/sign-in/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(content),
      });
      const body = (await response.json()) as Record<string, unknown> & {
        errors?: { extensions: { code: string } }[];
      };
      return {
        status: response.status,
        code: body.errors?.[0]?.extensions.code,
        body,
        set: response.headers.get('set-cookie'),
        caching: response.headers.get('cache-control'),
      };
    },
    get: (path: string) => fetch(`${origin}/sign-in/${path}`, { headers: { cookie } }),
  });
}

const opened = { outcome: 'OPENED', session: { ...session, secret: next } } as const;

describe('POST /sign-in/invitation', () => {
  it('gives the page neither token nor secret, and the browser the only copies', async () => {
    await using hub = await open(opened);
    const { status, body, set, caching } = await hub.post('invitation', link);
    expect([status, body]).toEqual([200, { session: opening }]);
    expect(hub.sessions).toEqual(['open a.b.c']);
    expect(caching).toBe('no-store');
    const [value, ...rules] = (set ?? '').split('; ');
    expect(value).toBe(`__Host-journey=dk.${id}.${next}`);
    expect(rules.slice(0, -1)).toEqual(['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/']);
    // Until the end of the last day.
    const seconds = Number(/^Max-Age=(\d+)$/.exec(rules.at(-1) ?? '')?.[1]);
    expect(seconds).toBeGreaterThanOrEqual(0);
    expect(seconds).toBeLessThanOrEqual(86_400);
    expect(hub.passed).toEqual([{ ...link, act: 'redeem' }]);
  });

  it.each([
    ['UNKNOWN', 404, 'NOT_FOUND'],
    ['LINK_USED', 409, 'LINK_USED'],
    ['AWAY', 502, 'PARTNER_UNAVAILABLE'],
  ] as const)('passes on that the link is %s, and sets nothing', async (outcome, status, code) => {
    await using hub = await open({ outcome });
    expect(await hub.post('invitation', link)).toMatchObject({ status, code, set: null });
  });

  it.each([
    ['another site’s page', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a page of another subdomain', { 'sec-fetch-site': 'same-site' }, 403],
    ['an address that somebody typed', { 'sec-fetch-site': 'none' }, 403],
    ['another site’s page in an old browser', { origin: 'https://hub.example.test' }, 403],
    ['a page without an address', { origin: 'null' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 415],
    ['a form of the usual kind', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('refuses %s before it passes anything on', async (_who, headers, status) => {
    await using hub = await open(opened);
    for (const path of ['invitation', 'renew', 'end'])
      expect(await hub.post(path, link, { cookie, ...headers }), path).toMatchObject({
        status,
        set: null,
      });
    expect(hub.passed).toEqual([]);
  });

  it.each([
    null,
    {},
    [],
    { ...link, secret: '' },
    { ...link, secret: `${secret}a` },
    { ...link, id: '../../x' },
    { ...link, partner: 'DK' },
    { ...link, partner: 'dk/../no' },
    { ...link, more: 1 },
  ])('refuses %j', async (content) => {
    await using hub = await open(opened);
    expect(await hub.post('invitation', content)).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(hub.passed).toEqual([]);
  });

  it('changes nothing when a program follows a link', async () => {
    await using hub = await open(opened);
    for (const path of ['invitation', 'renew', 'end'])
      expect((await hub.get(path)).status, path).toBe(404);
    expect(hub.passed).toEqual([]);
  });

  it('counts each try first', async () => {
    const refuse = () => {
      throw new HubError('RATE_LIMITED', { retryAfter: 1 });
    };
    await using hub = await open(opened, refuse);
    for (const path of ['invitation', 'renew', 'end'])
      expect(await hub.post(path, link, { cookie }), path).toMatchObject({ status: 429 });
    expect(hub.passed).toEqual([]);
  });
});

describe('POST /sign-in/renew', () => {
  it('sets the next secret, or the same one again', async () => {
    await using hub = await open(opened);
    expect((await hub.post('renew', {}, { cookie })).set).toContain(`dk.${id}.${next};`);
    await using again = await open({ outcome: 'OPENED', session });
    const { set, body } = await again.post('renew', {}, { cookie });
    expect(set).toContain(`dk.${id}.${secret};`);
    expect(body).toEqual({ session: opening });
    expect(again.sessions).toEqual(['renew a.b.c']);
    expect(again.passed).toEqual([{ ...link, act: 'renew' }]);
  });

  it('drops the cookie of a session that is over, and keeps it while the partner is away', async () => {
    await using over = await open({ outcome: 'UNKNOWN' });
    expect(await over.post('renew', {}, { cookie })).toMatchObject({
      status: 401,
      set: expect.stringMatching(/^__Host-journey=; .*Max-Age=0$/) as string,
    });
    await using away = await open({ outcome: 'AWAY' });
    expect(await away.post('renew', {}, { cookie })).toMatchObject({ status: 502, set: null });
  });

  it.each(['', 'other=1', `journey=dk.${id}.${secret}`, `${cookie}x`, `${cookie}; ${cookie}`])(
    'is UNAUTHENTICATED with the cookie "%s"',
    async (given) => {
      await using hub = await open(opened);
      expect(await hub.post('renew', {}, { cookie: given })).toMatchObject({ status: 401 });
      expect(hub.passed).toEqual([]);
    },
  );
});

describe('POST /sign-in/end', () => {
  it.each([
    ['ENDED', true],
    ['UNKNOWN', true],
    ['AWAY', false],
  ] as const)(
    'drops the cookie, and says whether the partner knows: %s',
    async (outcome, isEnded) => {
      await using hub = await open({ outcome });
      const { body, set } = await hub.post('end', {}, { cookie });
      expect([body, set]).toEqual([{ isEnded }, expect.stringContaining('Max-Age=0')]);
      expect(hub.passed).toEqual([{ ...link, act: 'end' }]);
      expect(hub.sessions).toEqual(['end']);
    },
  );

  it('asks nobody without a cookie', async () => {
    await using hub = await open({ outcome: 'AWAY' });
    expect((await hub.post('end')).body).toEqual({ isEnded: true });
    expect(hub.passed).toEqual([]);
  });
});
