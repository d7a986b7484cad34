import { createKeyStore, keyFilesOf, tokens } from '@hub/shared/identity';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPublishingNetwork, type TestHub } from '../network/publishing-network.js';

type Network = Awaited<ReturnType<typeof openPublishingNetwork>>;

const revoke =
  'mutation ($input: RevokeAccessInput!) { revokeAccess(input: $input) { organisation subject revokedAt } }';

describe('Mutation.revokeAccess, at a hub of two workers', () => {
  let network: Network;
  let hub: TestHub;
  beforeAll(async () => {
    network = await openPublishingNetwork({ HUB_REGISTRY: 'off' });
    hub = await network.startHub();
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  const tokenOf = async (
    organisation: string,
    subject: string,
    role: tokens.Role = 'analyst',
    secondsAgo = 0,
  ) => {
    const { private: file } = keyFilesOf(join(network.folder, 'data', 'keys'), organisation);
    const keys = createKeyStore({ files: new Map([[organisation, file]]) });
    const [key] = await keys.signingKeysOf(organisation);
    if (!key) throw new Error(`${organisation} has no key.`);
    const clock = () => new Date(Date.now() - secondsAgo * 1_000);
    return tokens.signToken({
      key,
      organisation,
      subject,
      role,
      purpose: undefined,
      ttl: 3_600,
      clock,
    });
  };

  const send = async (token: string, query: string, variables = {}) => {
    // Each on a connection of its own, so that both workers get some.
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        connection: 'close',
      },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as {
      data?: Record<string, unknown> | null;
      errors?: { extensions: { code: string } }[];
    };
    const codes = (body.errors ?? []).map(({ extensions }) => extensions.code);
    return { status: response.status, codes, data: body.data };
  };
  /** The distinct statuses of many requests. */
  const statusesOf = async (token: string) => {
    const asked = Array.from({ length: 12 }, () => send(token, '{ partners { code } }'));
    return [...new Set((await Promise.all(asked)).map(({ status }) => status))];
  };
  const end = (token: string, subject: string) => send(token, revoke, { input: { subject } });

  it('ends all tokens of one person at both workers, at once and after a restart, and nobody else’s', async () => {
    const anna = await tokenOf('no', 'anna');
    const elsewhere = await tokenOf('no', 'anna', 'coordinator', 600);
    const others = [await tokenOf('no', 'bo'), await tokenOf('se', 'anna')];
    for (const token of [anna, elsewhere, ...others])
      expect(await statusesOf(token)).toEqual([200]);
    const { codes, data } = await end(await tokenOf('no', 'chief', 'coordinator'), 'anna');
    expect(codes).toEqual([]);
    expect(data?.['revokeAccess']).toEqual({
      organisation: 'no',
      subject: 'anna',
      revokedAt: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
    });
    for (const token of [anna, elsewhere]) expect(await statusesOf(token)).toEqual([401]);
    for (const token of others) expect(await statusesOf(token)).toEqual([200]);
    await hub[Symbol.asyncDispose]();
    hub = await network.startHub();
    for (const token of [anna, elsewhere]) expect(await statusesOf(token)).toEqual([401]);
    for (const token of others) expect(await statusesOf(token)).toEqual([200]);
    const later = await tokenOf('no', 'anna', 'analyst', -11);
    await wait(6_500);
    expect(await statusesOf(later)).toEqual([200]);
  });

  it.each<[tokens.Role, string, boolean]>([
    ['coordinator', 'se', true],
    ['auditor', 'se', true],
    ['liaison', 'se', false],
    ['analyst', 'se', false],
    ['service', 'se', false],
    ['coordinator', 'no', false],
    ['auditor', 'no', false],
  ])('by %s of %s ends access of people of se: %s', async (role, organisation, may) => {
    const victim = `of-${role}-${organisation}`;
    const token = await tokenOf('se', victim);
    const { codes } = await end(await tokenOf(organisation, `${role}-1`, role), victim);
    // Another organisation ends access of its own people alone, whatever their names are.
    expect(codes).toEqual(may || organisation === 'no' ? [] : ['FORBIDDEN']);
    expect(await statusesOf(token)).toEqual([may ? 401 : 200]);
  });

  it('is read from the file within five seconds, and a line that was cut off is left out', async () => {
    const token = await tokenOf('se', 'dora');
    const line = { organisation: 'se', subject: 'dora', at: Date.now() };
    const file = join(network.folder, 'data', 'revocations.jsonl');
    await appendFile(file, `{"organisation":"se","subject\n${JSON.stringify(line)}\n`);
    await wait(4_000);
    expect(await statusesOf(token)).toEqual([401]);
  });

  it('a sign-out ends the cookie of a session at both workers, and after a restart', async () => {
    const token = await tokenOf('se', 'anna-lind');
    const post = (path: string, content: object, headers = {}) =>
      fetch(`${hub.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', connection: 'close', ...headers },
        body: JSON.stringify(content),
      });
    const opened = await post('/sign-in/token', { token });
    const { session } = (await opened.json()) as { session: { id: string } };
    const [, value = ''] = /^[^=]+=([^;]+)/.exec(opened.headers.getSetCookie()[0] ?? '') ?? [];
    const headers = () => ({
      cookie: `hub-session-${new URL(hub.url).port}=${value}`,
      'hub-session': session.id,
    });
    const statuses = async () => {
      const ask = () => post('/graphql', { query: '{ partners { code } }' }, headers());
      const asked = await Promise.all(Array.from({ length: 12 }, ask));
      return [...new Set(asked.map(({ status }) => status))];
    };
    expect(await statuses()).toEqual([200]);
    await hub[Symbol.asyncDispose]();
    hub = await network.startHub();
    expect(await statuses()).toEqual([200]);
    expect((await post('/sign-in/out', {}, headers())).status).toBe(200);
    expect(await statuses()).toEqual([401]);
    await hub[Symbol.asyncDispose]();
    hub = await network.startHub();
    expect(await statuses()).toEqual([401]);
    // She may sign in again with the same token.
    expect((await post('/sign-in/token', { token })).status).toBe(200);
  });

  it('refuses an empty person, and one of several lines', async () => {
    const chief = await tokenOf('se', 'chief', 'coordinator');
    for (const subject of ['', 'a\nb', 'x'.repeat(257)])
      expect((await end(chief, subject)).codes, subject).toEqual(['BAD_USER_INPUT']);
  });
});
