import type { JWK } from 'jose';
// cspell:ignore MIIB
/* oxlint-disable max-lines -- every attack is one line or two of one story, with one network and one bystander */
import {
  createAssertReader,
  deriveChannel,
  ensureKeyFiles,
  hubIssuer,
  keyFilesOf,
  type Reader,
  readKeyFile,
  signRequest,
  tokens,
} from '@hub/shared/identity';
import { createHmac, createPrivateKey, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hidden, hiddenOwner } from '../../../gateway/fan-out/response/hidden-fields.js';
import type { Asker, Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { clock, hasEnded, visits } from './demonstration.js';

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly codes: readonly string[];
  readonly data: Tree;
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return readReply(response.status, await response.text());
}

function readReply(status: number, text: string): Reply {
  const { data, errors = [] } = JSON.parse(text) as {
    data?: Tree;
    errors?: { extensions: { code: string } }[];
  };
  const codes = [...new Set(errors.map(({ extensions }) => extensions.code))];
  return { status, text, codes, data };
}

const seconds = () => Math.floor(Date.now() / 1000);
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const times = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ');

/** A JWT with any header and any claims, signed with an Ed25519 key. */
function forge(key: JWK, claims: object, header: object = {}): string {
  const protectedHeader = encode({ alg: 'EdDSA', kid: key.kid, typ: 'JWT', ...header });
  const payload = {
    sub: 'someone',
    role: 'coordinator',
    aud: 'hub',
    exp: seconds() + 60,
    ...claims,
  };
  const signed = `${protectedHeader}.${encode(payload)}`;
  const privateKey = createPrivateKey({ key: key as never, format: 'jwk' });
  return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
}

let network: OpenNetwork;
const keyOf = async (organisation: string, use = 'sig', side: 'private' | 'public' = 'private') => {
  const { keys } = await readKeyFile(keyFilesOf(network.keys, organisation)[side]);
  const key = keys.find((candidate) => candidate.use === use);
  if (!key) throw new Error(`${organisation} has no such key.`);
  return key;
};
const tokenOf = async ({ organisation, role }: Asker) =>
  tokens.signToken({
    key: await keyOf(organisation),
    organisation,
    role,
    subject: `${organisation}-${role}`,
    purpose: undefined,
    ttl: 600,
  });
const askHub = async (query: string, token?: string, body?: string) =>
  post(network.hubUrl, body ?? JSON.stringify({ query }), {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  });

/**
 * Runs an attack while somebody else asks and asks, who is answered each time, with the whole of it. How long it takes
 * is measured by `bystander.long.test.ts`.
 */
async function besideBystander<Result>(attack: () => Promise<Result>): Promise<Result> {
  const token = await tokenOf({ organisation: 'no', role: 'coordinator' });
  const running = attack();
  let isOver = false;
  void running.then(
    () => (isOver = true),
    () => (isOver = true),
  );
  do {
    const { data, codes } = await askHub('{ officer(id: "no:demo-officer-1") { name } }', token);
    expect(codes).toEqual([]);
    expect(data.officer.name).toEqual(expect.any(String));
  } while (!isOver);
  return running;
}

beforeAll(async () => {
  network = await openNetwork('demonstration', { isGuarded: true, clock });
  await ensureKeyFiles(`${network.keys}/foreign`, 'no');
});
afterAll(() => network[Symbol.asyncDispose]());

const everything = '{ officer(id: "no:demo-officer-1") { name email } partners { code } }';

describe('UNAUTHENTICATED, by the hub', () => {
  const foreignKey = async () => {
    const { keys } = await readKeyFile(keyFilesOf(`${network.keys}/foreign`, 'no').private);
    return { ...keys.find(({ use }) => use === 'sig'), kid: (await keyOf('no')).kid } as JWK;
  };
  const publicOf = async (organisation: string) => keyOf(organisation, 'sig', 'public');
  const no = { iss: 'no', org: 'no' };
  const hmacWith = async (secret: (key: JWK) => string | Buffer) => {
    const key = await publicOf('no');
    const text = `${encode({ alg: 'HS256', kid: key.kid })}.${encode({ ...no, sub: 'a', role: 'coordinator', aud: 'hub', exp: seconds() + 60 })}`;
    return `${text}.${createHmac('sha256', secret(key)).update(text).digest('base64url')}`;
  };
  const altered = async (change: object) => {
    const [header, payload = '', signature] = (
      await tokenOf({ organisation: 'no', role: 'analyst' })
    ).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    return `${header}.${encode({ ...claims, ...change })}.${signature}`;
  };

  it('is not for what the forgeries are made from', async () => {
    const { codes, status } = await askHub(everything, forge(await keyOf('no'), no));
    expect({ codes, status }).toEqual({ codes: [], status: 200 });
  });

  const forgeries: readonly (readonly [string, () => Promise<string>])[] = [
    [
      'a token of a foreign key under a known key’s name',
      async () => forge(await foreignKey(), no),
    ],
    [
      'a token that brings its key',
      async () => forge(await foreignKey(), no, { jwk: await foreignKey() }),
    ],
    [
      'a token that says where its key is (jku)',
      async () => forge(await foreignKey(), no, { jku: network.urlOf('dk') }),
    ],
    [
      'a token that says where its key is (x5u)',
      async () => forge(await foreignKey(), no, { x5u: network.urlOf('dk') }),
    ],
    [
      'a token that brings a certificate',
      async () => forge(await foreignKey(), no, { x5c: ['MIIB'] }),
    ],
    [
      'a token with what has to be understood (crit)',
      async () => forge(await keyOf('no'), no, { crit: ['exp'] }),
    ],
    [
      'a token with an unencoded payload (b64)',
      async () => forge(await keyOf('no'), no, { crit: ['b64'], b64: false }),
    ],
    [
      'a participant with another organisation’s record',
      async () =>
        forge(await keyOf('se'), {
          iss: 'se',
          org: 'se',
          role: 'participant',
          person: 'no:demo-officer-1',
        }),
    ],
    [
      'a participant without a record',
      async () => forge(await keyOf('no'), { ...no, role: 'participant' }),
    ],
    [
      'a co-ordinator with a record',
      async () => forge(await keyOf('no'), { ...no, person: 'no:demo-officer-1' }),
    ],
    ['an expired token', async () => forge(await keyOf('no'), { ...no, exp: seconds() - 30 })],
    [
      'a token before its time',
      async () => forge(await keyOf('no'), { ...no, nbf: seconds() + 60 }),
    ],
    ['a token without an end', async () => forge(await keyOf('no'), { ...no, exp: undefined })],
    [
      'a token for a year',
      async () => forge(await keyOf('no'), { ...no, exp: seconds() + 31_536_000 }),
    ],
    ['a token for a partner', async () => forge(await keyOf('no'), { ...no, aud: 'no' })],
    ['a token for nobody', async () => forge(await keyOf('no'), { ...no, aud: undefined })],
    [
      'a token of an unknown issuer',
      async () => forge(await keyOf('no'), { iss: 'interpol', org: 'no' }),
    ],
    [
      'a token of one organisation for another',
      async () => forge(await keyOf('se'), { iss: 'se', org: 'no' }),
    ],
    [
      'a token of one organisation in the name of another',
      async () => forge(await keyOf('se'), no),
    ],
    [
      'a token of one organisation by another’s key name',
      async () => forge(await keyOf('se'), no, { kid: (await keyOf('no')).kid }),
    ],
    [
      'a token of the hub’s own key',
      async () => forge(await keyOf(hubIssuer), { iss: 'hub', org: 'no' }),
    ],
    [
      'a token of an organisation called __proto__',
      async () => forge(await keyOf('no'), { iss: '__proto__', org: '__proto__' }),
    ],
    ['an unknown role', async () => forge(await keyOf('no'), { ...no, role: 'administrator' })],
    [
      'a list of roles',
      async () => forge(await keyOf('no'), { ...no, role: ['analyst', 'coordinator'] }),
    ],
    ['an empty subject', async () => forge(await keyOf('no'), { ...no, sub: '' })],
    ['a higher role, written over', () => altered({ role: 'coordinator' })],
    ['another organisation, written over', () => altered({ iss: 'nbnp', org: 'nbnp' })],
    ['a longer life, written over', () => altered({ exp: seconds() + 3_000 })],
    [
      'alg none',
      async () =>
        `${encode({ alg: 'none' })}.${encode({ ...no, sub: 'a', role: 'coordinator', aud: 'hub', exp: seconds() + 60 })}.`,
    ],
    ['alg HS256 with the public key', () => hmacWith(({ x = '' }) => x)],
    [
      'alg HS256 with the public key’s bytes',
      () => hmacWith(({ x = '' }) => Buffer.from(x, 'base64url')),
    ],
    ['alg HS256 with the public key as JSON', () => hmacWith((key) => JSON.stringify(key))],
    [
      'an assertion of the hub’s for a partner',
      async () =>
        createAssertReader(() => keyOf(hubIssuer))(
          {
            kind: 'person',
            organisation: 'no',
            subject: 'a',
            role: 'coordinator',
            purpose: undefined,
          },
          'no',
        ),
    ],
    ['three dots', () => Promise.resolve('...')],
    ['a long word', () => Promise.resolve('x'.repeat(8_000))],
  ];
  it.each(forgeries)('answers %s', async (_name, make) => {
    const token = await make();
    const { status, codes, data, text } = await besideBystander(() => askHub(everything, token));
    expect({ status, codes, data: data ?? null }).toEqual({
      status: 401,
      codes: ['UNAUTHENTICATED'],
      data: null,
    });
    expect(text).not.toContain(token.slice(0, 40) || 'nothing');
  });

  it('answers a flood of unknown key ids, at no cost to others', async () => {
    const key = await keyOf('no');
    const replies = await besideBystander(() =>
      Promise.all(
        Array.from({ length: 300 }, () =>
          askHub(everything, forge(key, no, { kid: randomUUID() })),
        ),
      ),
    );
    expect(new Set(replies.map(({ status, codes }) => `${status} ${codes.join()}`))).toEqual(
      new Set(['401 UNAUTHENTICATED']),
    );
  });
});

describe('UNAUTHENTICATED, by a partner', () => {
  const query = JSON.stringify({
    query: '{ officers(filter: { rehearsals: true }) { nodes { name } } }',
  });
  const coordinator: Reader = {
    kind: 'person',
    organisation: 'dk',
    subject: 'a',
    role: 'coordinator',
    purpose: undefined,
  };
  const channelTo = async (partner: string, own = hubIssuer) => {
    const [mine, theirs] = [await keyOf(own, 'enc'), await keyOf(partner, 'enc', 'public')];
    return deriveChannel(mine, theirs, `${mine.kid}`, `${theirs.kid}`);
  };
  interface Changes {
    readonly to?: string;
    readonly signer?: string;
    readonly audience?: string;
    readonly assertionKey?: string;
    readonly age?: number;
    readonly method?: string;
    readonly path?: string;
  }
  const signFor = async ({
    to = 'dk',
    signer = hubIssuer,
    audience = 'dk',
    assertionKey = hubIssuer,
    age = 0,
    method = 'POST',
    path = '/graphql',
  }: Changes = {}) => {
    const now = new Date(Date.now() - age * 1000);
    const assertion = await createAssertReader(() => keyOf(assertionKey))(coordinator, audience);
    const channel = await channelTo(to, signer);
    return signRequest({ method, path, body: query, partner: to, assertion, channel, now });
  };
  const refused = { status: 401, codes: ['UNAUTHENTICATED'], data: null };
  const askDk = async (headers: Record<string, string>, body = query, search = '') => {
    const { status, codes, data } = await post(`${network.urlOf('dk')}${search}`, body, headers);
    return { status, codes, data: data ?? null };
  };

  it('is not for what the hub signs', async () => {
    expect(await askDk(await signFor())).toMatchObject({ status: 200, codes: [] });
  });

  const forgeries: readonly (readonly [string, () => ReturnType<typeof askDk>])[] = [
    ['nothing signed', () => askDk({})],
    [
      'nothing signed for _service',
      () => askDk({}, JSON.stringify({ query: '{ _service { sdl } }' })),
    ],
    [
      'nothing signed for _entities',
      () =>
        askDk(
          {},
          JSON.stringify({
            query:
              '{ _entities(representations: [{ __typename: "Officer", id: "dk:demo-officer-1" }]) { ... on Officer { name } } }',
          }),
        ),
    ],
    [
      'a token instead of a signature',
      async () =>
        askDk({
          authorization: `Bearer ${await tokenOf({ organisation: 'dk', role: 'coordinator' })}`,
        }),
    ],
    ['another body', async () => askDk(await signFor(), query.replace('name', 'email'))],
    ['another path', async () => askDk(await signFor({ path: '/other' }))],
    ['another method', async () => askDk(await signFor({ method: 'GET' }))],
    [
      'another digest',
      async () => askDk({ ...(await signFor()), 'content-digest': 'sha-256=:AAAA:' }),
    ],
    ['another partner’s name', async () => askDk({ ...(await signFor()), 'hub-partner': 'se' })],
    [
      'another assertion',
      async () =>
        askDk({
          ...(await signFor()),
          'hub-assertion': (await signFor({ audience: 'se' }))['hub-assertion'] ?? '',
        }),
    ],
    ['no assertion', async () => askDk({ ...(await signFor()), 'hub-assertion': '' })],
    ['a stale signature', async () => askDk(await signFor({ age: 310 }))],
    ['a signature of the future', async () => askDk(await signFor({ age: -60 }))],
    [
      'what was made for another partner',
      async () => askDk(await signFor({ to: 'se', audience: 'se' })),
    ],
    [
      'an assertion for another partner, well signed',
      async () => askDk(await signFor({ audience: 'se' })),
    ],
    [
      'an assertion by a partner, well signed',
      async () => askDk(await signFor({ assertionKey: 'se' })),
    ],
    ['a signature by another partner', async () => askDk(await signFor({ signer: 'se' }))],
    ['no signature input', async () => askDk({ ...(await signFor()), 'signature-input': '' })],
    [
      'a part of the signature input',
      async () => {
        const headers = await signFor();
        const input = headers['signature-input']?.replace('"content-digest" ', '') ?? '';
        return askDk({ ...headers, 'signature-input': input });
      },
    ],
    [
      'a replay',
      async () => {
        const headers = await signFor();
        expect(await askDk(headers)).toMatchObject({ status: 200 });
        return askDk(headers);
      },
    ],
  ];
  it.each(forgeries)('answers %s', async (_name, attack) => {
    expect(await besideBystander(attack)).toEqual(refused);
  });

  it('is not for a query in the address, which the signature does not cover and nobody reads', async () => {
    const search = `?query=${encodeURIComponent('{ officers { nodes { email } } }')}`;
    const { data } = await askDk(await signFor(), query, search);
    expect(Object.keys(data.officers.nodes[0] as object)).toEqual(['name']);
  });

  it('answers a GET, too', async () => {
    const response = await fetch(
      `${network.urlOf('dk')}?query=${encodeURIComponent('{ officers { nodes { name } } }')}`,
    );
    expect([401, 405]).toContain(response.status);
    expect(await response.text()).not.toContain('nodes');
  });
});

describe('FORBIDDEN', () => {
  const se: Asker = { organisation: 'se', role: 'coordinator' };
  const hiddenOfficer = 'dk:demo-officer-5';
  const accessPaths: readonly (readonly [string, string])[] = [
    ['an alias', `{ a: officer(id: "${hiddenOfficer}") { b: name c: email } }`],
    [
      'a fragment',
      `{ officer(id: "${hiddenOfficer}") { ...f } } fragment f on Officer { name email }`,
    ],
    [
      'an interface',
      `{ officer(id: "${hiddenOfficer}") { ... on Participant { name } ... { email } } }`,
    ],
    [
      'a list',
      '{ officers(filter: { country: "DK", rehearsals: true }) { nodes { name email } } }',
    ],
    [
      'an edge',
      '{ officers(filter: { country: "DK", rehearsals: true }) { edges { node { name email } } } }',
    ],
    [
      'a nomination',
      `{ officer(id: "${hiddenOfficer}") { nominations { officer { name email } } name email } }`,
    ],
    [
      'a unit',
      `{ officer(id: "${hiddenOfficer}") { unit { officers(rehearsals: true) { nodes { name email } } } } }`,
    ],
    [
      'a directive',
      `{ officer(id: "${hiddenOfficer}") { name @include(if: true) email @skip(if: false) } }`,
    ],
  ];
  it.each(accessPaths)(
    'keeps another police’s people from a co-ordinator by %s',
    async (_name, query) => {
      const rows = await network.serverOf('dk').source.query('SELECT name, email FROM officers');
      const token = await tokenOf(se);
      const { codes, text } = await besideBystander(() => askHub(query, token));
      expect(codes).toEqual(['FORBIDDEN']);
      for (const { name, email } of rows as { name: string; email: string }[]) {
        expect(text).not.toContain(name);
        expect(text).not.toContain(email);
      }
    },
  );

  it.each([
    ['an officer', (id: string) => `{ officer(id: "dk:demo-officer-${id}") { name } }`, '1', '9'],
    [
      'a delegate',
      (id: string) => `{ delegate(id: "ncm:demo-delegate-${id}") { name } }`,
      '10',
      '90',
    ],
    ['a visit', (id: string) => `{ visit(id: "nbnp:demo-visit-${id}") { title } }`, '5', '9'],
    [
      'a stop',
      (id: string) => `{ itineraryStop(id: "nbnp:demo-stop-1-${id}") { title } }`,
      '1',
      '9',
    ],
  ])(
    'does not tell %s that is hidden from one that is missing',
    async (_what, query, there, missing) => {
      const [hidden, absent] = [await askHub(query(there)), await askHub(query(missing))];
      expect(hidden.codes).toEqual(['FORBIDDEN']);
      expect(absent.text).toBe(hidden.text);
      expect(absent.status).toBe(hidden.status);
    },
  );

  it('leaves hidden rows out of counts and pages, and continues from a hidden row’s cursor with no word of it', async () => {
    const cursor = Buffer.from(JSON.stringify(['2027-02-07', 'nbnp:demo-visit-2'])).toString(
      'base64url',
    );
    const ended = visits.filter(hasEnded);
    const { data } = await askHub(
      '{ visits(first: 1) { totalCount nodes { id } pageInfo { hasNextPage } } }',
    );
    expect(data.visits).toEqual({
      totalCount: ended.length,
      nodes: [{ id: 'nbnp:demo-visit-4' }],
      pageInfo: { hasNextPage: ended.length > 1 },
    });
    const after = await askHub(`{ visits(first: 5, after: "${cursor}") { nodes { id } } }`);
    expect(after.text).not.toMatch(/demo-visit-[25]/);
    const filtered = await askHub(
      '{ visits(filter: { hostCountry: "NO" }) { totalCount nodes { id } } }',
    );
    expect(filtered.data.visits).toEqual({ totalCount: 0, nodes: [] });
  });

  it('has no access paths of partners: no _entities and no _service', async () => {
    for (const query of [
      '{ _service { sdl } }',
      '{ _entities(representations: []) { __typename } }',
    ]) {
      expect((await askHub(query)).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    }
  });
});

describe('QUERY_TOO_COMPLEX', () => {
  const bombs: readonly (readonly [string, string])[] = [
    ['aliases', `{ ${times(3_000, (i) => `a${i}: policeUnits { id }`)} }`],
    ['aliases of __typename', `{ ${times(3_000, (i) => `a${i}: __typename`)} }`],
    ['depth', `{ policeUnits ${'{ parent '.repeat(90)} { id } ${'}'.repeat(91)}`],
    [
      'fragments',
      `{ policeUnits { ...f0 } } ${times(40, (i) => `fragment f${i} on PoliceUnit { parent { ${i < 39 ? `...f${i + 1}` : 'id'} } successor { ${i < 39 ? `...f${i + 1}` : 'id'} } }`)}`,
    ],
    ['tokens', `{ policeUnits { ${'id '.repeat(20_000)} } }`],
    ['directives', `{ policeUnits { id ${'@include(if: true) '.repeat(600)} } }`],
    [
      'lists of lists',
      '{ groups(first: 1000) { nodes { visits { group { visits { group { visits { group { members { id } } } } } } } } } officers(first: 1000) { nodes { unit { officers(first: 1000) { nodes { unit { officers(first: 1000) { nodes { id } } } } } } } } }',
    ],
  ];
  it.each(bombs)('answers a bomb of %s', async (_name, query) => {
    const replies = await besideBystander(() => Promise.all([askHub(query), askHub(query)]));
    for (const { status, codes, data } of replies) {
      expect({ status, codes, data }).toEqual({
        status: 400,
        codes: ['QUERY_TOO_COMPLEX'],
        data: undefined,
      });
    }
  });

  it('answers variables inside each other', async () => {
    const body = `{"query":"{ __typename }","variables":{"a":${'['.repeat(400_000)}${']'.repeat(400_000)}}}`;
    const { status, codes } = await besideBystander(() => askHub('', undefined, body));
    expect({ status, codes }).toEqual({ status: 400, codes: ['QUERY_TOO_COMPLEX'] });
  });

  it('is not even read of a body of more than a megabyte', async () => {
    const body = JSON.stringify({ query: `{ __typename } # ${'x'.repeat(2_000_000)}` });
    const { status, data } = await besideBystander(() => askHub('', undefined, body));
    expect({ status, data }).toEqual({ status: 413, data: undefined });
  });
});

describe('PARTNER_INVALID_RESPONSE', () => {
  const query = '{ officer(id: "dk:demo-officer-1") { id name } partner(code: "ncm") { name } }';
  /** The response name under which the hub selects a field with arguments: no field of the contract has it. */
  const asked = 'as__officer';
  const officer = {
    __typename: 'Officer',
    id: 'dk:demo-officer-1',
    [hiddenOwner]: 'dk:demo-officer-1',
    name: 'Invented',
  };
  /** What the partner in dk’s place says from now on. */
  let answer: unknown;
  const hostile = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
  beforeAll(async () => {
    await network.stop('dk');
    const port = Number(new URL(network.urlOf('dk')).port);
    await new Promise<void>((resolve) => hostile.listen(port, '127.0.0.1', resolve));
  });
  afterAll(() => hostile.close());
  const askInDisguise = async () => {
    const token = await tokenOf({ organisation: 'nbnp', role: 'coordinator' });
    return besideBystander(() => askHub(query, token));
  };

  it('is not for what a partner adds unasked: that is dropped', async () => {
    answer = {
      data: {
        [asked]: { ...officer, email: 'unasked@example.org', employer: 'unasked' },
        partner: { name: 'unasked' },
        delegates: [{ name: 'unasked' }],
      },
      extensions: { completeness: 'unasked', note: 'unasked' },
    };
    const { codes, data, text } = await askInDisguise();
    expect(codes).toEqual([]);
    expect(data.officer).toEqual({ id: 'dk:demo-officer-1', name: 'Invented' });
    expect(text).not.toContain('unasked');
  });

  it.each([
    [
      'another police’s officer',
      {
        data: {
          [asked]: { ...officer, id: 'se:demo-officer-1', [hiddenOwner]: 'se:demo-officer-1' },
        },
      },
    ],
    [
      'a delegate',
      {
        data: {
          [asked]: {
            ...officer,
            __typename: 'Delegate',
            id: 'ncm:demo-delegate-1',
            [hiddenOwner]: 'ncm:demo-delegate-1',
          },
        },
      },
    ],
    ['a list', { data: { [asked]: [officer] } }],
    ['a name that is no text', { data: { [asked]: { ...officer, name: { first: 'Smuggled' } } } }],
    [
      'an error in another’s field',
      {
        data: { [asked]: officer },
        errors: [
          { message: 'Smuggled', path: ['partner', 'name'], extensions: { code: 'FORBIDDEN' } },
        ],
      },
    ],
    ['no answer at all', { smuggled: true }],
  ])('is what becomes of %s', async (_what, said) => {
    answer = said;
    const { codes, data, text } = await askInDisguise();
    expect(codes).toEqual(['PARTNER_INVALID_RESPONSE']);
    expect(data.officer).toBeNull();
    expect(data.partner.name).toEqual(expect.any(String));
    expect(text).not.toMatch(/Smuggled|Invented|demo-delegate/);
  });

  it.each(['officerStatistics', 'expertStatistics'])(
    'is what becomes of counts in the name of another police in %s',
    async (field) => {
      const row = { id: 'dk:invented', country: 'SE' };
      answer = {
        data: { [field]: [{ ...row, [hidden.sortKey(0)]: row.id, [hiddenOwner]: 'SE' }] },
      };
      const { codes, text } = await askHub(`{ ${field} { id country } }`);
      expect(codes).toEqual(['PARTNER_INVALID_RESPONSE']);
      expect(text).not.toContain('invented');
    },
  );

  it('has no wording of a partner’s', async () => {
    answer = {
      data: { [asked]: null },
      errors: [
        {
          message: 'Smuggled',
          path: [asked],
          extensions: { code: 'FORBIDDEN', stack: 'Smuggled' },
        },
      ],
    };
    const { codes, text } = await askInDisguise();
    expect(codes).toEqual(['FORBIDDEN']);
    expect(text).not.toContain('Smuggled');
  });
});

describe('a client that sends its headers slowly', () => {
  it('holds up nobody, and is hung up on in the end', async () => {
    const socket = connect(Number(new URL(network.hubUrl).port), '127.0.0.1');
    socket.on('error', () => undefined);
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.resume();
    socket.write('POST /graphql HTTP/1.1\r\nHost: hub\r\nX-Slow: ');
    await besideBystander(() => askHub('{ partners { code } }'));
    await closed;
    expect(socket.destroyed).toBe(true);
  });
});
