import { createDisposableStack } from '@hub/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken, type Asker } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';
import { clock } from '../demonstration.js';
import { recordResponses, type LeftResponse } from './record-responses.js';

const officer = 'dk:demo-officer-1';
const coordinator: Asker = { organisation: 'dk', role: 'coordinator' };
const query = `query Reach { officer(id: "${officer}") { id name email } }`;

interface Officer {
  readonly name: string | null;
  readonly email: string | null;
}
interface Body {
  readonly data?: { readonly officer: Officer };
  readonly errors?: readonly {
    readonly message: string;
    readonly path: readonly string[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

/** Denmark shows e-mail addresses to hosts, and for safety, alone. */
describe('PURPOSE_NOT_ALLOWED', () => {
  const stack = createDisposableStack();
  const left: LeftResponse[] = [];
  let network: OpenNetwork;
  let address: string;

  beforeAll(async () => {
    network = stack.use(
      await openNetwork('demonstration', {
        isGuarded: true,
        clock,
        fieldPurposes: { dk: new Map([['Officer.email', ['HOSTING', 'SAFETY']]]) },
        front: async (code, url) =>
          stack.use(
            await recordResponses(code, url, {
              keep: (one) => void left.push(one),
              lose: () => undefined,
            }),
          ).url,
      }),
    );
    const source = network.serverOf('dk').source;
    const [row] = await source.query<{ email: string }[]>(
      `SELECT email FROM officers WHERE id = '${officer}'`,
    );
    address = row?.email ?? '';
    expect(address).toContain('@');
  });
  afterAll(() => stack[Symbol.asyncDispose]());

  const send = async (purpose: string | undefined, asker = coordinator, text = query) => {
    const response = await fetch(network.hubUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await createToken(network.keys, asker)}`,
        ...(purpose !== undefined && { 'hub-purpose': purpose }),
      },
      body: JSON.stringify({ query: text }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  };

  it('withholds a field for other purposes, and says which would do', async () => {
    const { body } = await send('AUDIT');
    expect(body.data?.officer).toMatchObject({ name: expect.any(String), email: null });
    expect(body.errors).toEqual([
      expect.objectContaining({
        path: ['officer', 'email'],
        message: expect.stringContaining('HOSTING or SAFETY'),
        extensions: expect.objectContaining({
          code: 'PURPOSE_NOT_ALLOWED',
          purposes: ['HOSTING', 'SAFETY'],
        }),
      }),
    ]);
  });

  it('takes the purpose of the token, which the header replaces', async () => {
    const withPurpose = { ...coordinator, purpose: 'SAFETY' };
    expect((await send(undefined, withPurpose)).body.data?.officer.email).toBe(address);
    expect((await send('AUDIT', withPurpose)).body.data?.officer.email).toBeNull();
    expect((await send('HOSTING', { ...coordinator, purpose: 'AUDIT' })).body.errors).toBe(
      undefined,
    );
  });

  it('never gives the response of one purpose to another, although equal calls are joined', async () => {
    left.length = 0;
    const purposes = ['HOSTING', 'AUDIT', undefined, 'OTHER: a study', 'SAFETY: an allergy'];
    const sent = Array.from({ length: 60 }, (_, index) => purposes[index % purposes.length]);
    for (let round = 0; round < 3; round += 1) {
      const all = await Promise.all(sent.map(async (one) => ({ one, ...(await send(one)) })));
      for (const { one, body } of all) {
        const isAllowed = one?.startsWith('HOSTING') || one?.startsWith('SAFETY') || false;
        expect(body.data?.officer.email, one).toBe(isAllowed ? address : null);
        expect(body.errors?.length ?? 0, one).toBe(isAllowed ? 0 : 1);
      }
    }
    const own = left.filter(({ owner, body }) => owner === 'dk' && body.includes('email'));
    expect(own.length).toBeLessThan(3 * sent.length);
    for (const { purpose, response } of own)
      expect(response.includes(address), purpose).toBe(/^(HOSTING|SAFETY)/.test(purpose ?? ''));
    expect(new Set(own.map(({ purpose }) => purpose))).toEqual(new Set(purposes));
  });

  it('is in the readings of the person, for the purpose that was stated', async () => {
    const name = 'purposes';
    // Nobody was refused anything of her yet: a refusal that repeats is recorded once a minute.
    const another = 'dk:demo-officer-2';
    const text = query.replace(officer, another);
    const asker = { ...coordinator, clientName: name };
    const headers = (purpose?: string) => ({
      'content-type': 'application/json',
      'apollographql-client-name': name,
      ...(purpose && { 'hub-purpose': purpose }),
    });
    const authorization = `Bearer ${await createToken(network.keys, asker)}`;
    for (const purpose of ['HOSTING: a dinner', 'OTHER: a study', undefined])
      await fetch(network.hubUrl, {
        method: 'POST',
        headers: { ...headers(purpose), authorization },
        body: JSON.stringify({ query: text }),
      });
    const { data } = await network.ask(
      `{ officer(id: "${another}") { readings(first: 100) { nodes { client purpose purposeNote fields wasRefused } } } }`,
      {},
      { organisation: 'dk', role: 'auditor' },
    );
    const told = data.officer.readings.nodes.filter(
      ({ client }: { client: string }) => client === name,
    );
    const given = (fields: string[], purpose: string | null, purposeNote: string | null) => ({
      client: name,
      purpose,
      purposeNote,
      fields,
      wasRefused: false,
    });
    const refused = (purpose: string | null, purposeNote: string | null) => ({
      ...given(['email'], purpose, purposeNote),
      wasRefused: true,
    });
    expect(told).toHaveLength(5);
    expect(told).toEqual(
      expect.arrayContaining([
        given(['email', 'name'], 'HOSTING', 'a dinner'),
        given(['name'], 'OTHER', 'a study'),
        refused('OTHER', 'a study'),
        given(['name'], null, null),
        refused(null, null),
      ]),
    );
  });

  it('leaves cells of an export empty, which says so', async () => {
    const url = new URL(
      '/export/officers.csv?columns=id,email&filter.rehearsals=true',
      network.hubUrl,
    );
    url.searchParams.set('filter.country', 'DK');
    const authorization = `Bearer ${await createToken(network.keys, coordinator)}`;
    const exported = async (headers: Record<string, string>) => {
      const response = await fetch(url, { headers: { authorization, ...headers } });
      return {
        withheld: response.headers.get('hub-withheld'),
        hasAddress: (await response.text()).includes(address),
      };
    };
    expect(await exported({})).toEqual({ withheld: 'email', hasAddress: false });
    expect(await exported({ 'hub-purpose': 'HOSTING' })).toEqual({
      withheld: null,
      hasAddress: true,
    });
  });

  it('is not reached with an unknown purpose, which is refused on each path', async () => {
    const { status, body } = await send('TRAVEL');
    expect([status, body.errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_REQUEST']);
    expect(body.errors?.[0]?.message).toContain('hub-purpose must be one of PROGRAMME');
    const headers = { 'hub-purpose': 'OTHER' };
    for (const path of ['/export/officers.csv', '/export/links'])
      expect((await fetch(new URL(path, network.hubUrl), { headers })).status, path).toBe(400);
  });
});
