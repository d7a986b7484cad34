import {
  contentDigestOf,
  deriveChannel,
  writeSignature,
  type SignedParts,
} from '../../identity/signature-form.js';
// cspell:disable: keys and signatures
import { CompactSign, importJWK, SignJWT, UnsecuredJWT, type JWK } from 'jose';
import { manifestType, type Manifest } from './manifest.js';
import { createResponses, type ResponseVector } from './response-vectors.js';
import { signManifest } from './sign-manifest.js';
import { foreignKey, vectorKeys } from './vector-keys.js';

/** All times are counted from here: 2026-11-24T12:00:00Z. */
const vectorTime = 1_795_521_600;

interface RequestVector {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** `accepted`, or the reason of the refusal. */
  readonly result: string;
}

interface AssertionVector {
  readonly name: string;
  readonly assertion: string;
  readonly result: 'accepted' | 'refused';
}

interface ManifestVector {
  readonly name: string;
  readonly file: string;
  /** `accepted`, or the code of the refusal. */
  readonly result: string;
}

export interface Vectors {
  readonly about: string;
  readonly time: number;
  readonly keys: Readonly<Record<string, JWK>>;
  readonly derivedKey: string;
  readonly requests: readonly RequestVector[];
  readonly assertions: readonly AssertionVector[];
  readonly manifests: readonly ManifestVector[];
  readonly responses: readonly ResponseVector[];
}

const body = '{"query":"{ __typename }","variables":{}}';
const channel = deriveChannel(
  vectorKeys['dk-agree-1'],
  vectorKeys['hub-agree-1'],
  'hub-agree-1',
  'dk-agree-1',
);

function request(
  name: string,
  result: string,
  {
    changed = {},
    created = vectorTime,
    id = channel.id,
    after = {},
    sent = body,
    nonce = `vector-${name}`,
  }: {
    readonly changed?: Partial<SignedParts>;
    readonly created?: number;
    readonly id?: string;
    /** Headers that are changed after the signature was made. */
    readonly after?: Readonly<Record<string, string | undefined>>;
    readonly sent?: string;
    readonly nonce?: string;
  } = {},
  assertion = '',
): RequestVector {
  const parts: SignedParts = {
    method: 'POST',
    path: '/graphql',
    contentDigest: contentDigestOf(body),
    partner: 'dk',
    assertion,
    ...changed,
  };
  const signature = writeSignature(parts, { channel: { ...channel, id }, created, nonce });
  const headers = {
    'content-type': 'application/json',
    'content-digest': parts.contentDigest,
    'hub-partner': parts.partner,
    'hub-assertion': parts.assertion,
    'hub-time-left': parts.timeLeft,
    'hub-client-name': parts.clientName,
    ...signature,
    ...after,
  };
  const given = Object.entries(headers).filter(([, value]) => value !== undefined) as [
    string,
    string,
  ][];
  return {
    name,
    method: 'POST',
    path: '/graphql',
    headers: Object.fromEntries(given),
    body: sent,
    result,
  };
}

function createRequests(assertion: string): RequestVector[] {
  const make = (name: string, result: string, options: Parameters<typeof request>[2] = {}) =>
    request(name, result, options, assertion);
  return [
    make('plain', 'accepted'),
    make('with time left and client name', 'accepted', {
      changed: { timeLeft: '3000', clientName: 'dashboard@1.2' },
      nonce: 'vector-extra',
    }),
    make('three seconds ahead', 'accepted', { created: vectorTime + 3, nonce: 'vector-ahead' }),
    make('the same nonce again', 'NONCE', { nonce: 'vector-plain' }),
    make('without a signature', 'UNSIGNED', {
      after: { signature: undefined, 'signature-input': undefined },
    }),
    make('without an assertion', 'UNSIGNED', { after: { 'hub-assertion': undefined } }),
    make('for another partner', 'PARTNER', { changed: { partner: 'no' } }),
    make('with another body', 'DIGEST', { sent: body.replace('__typename', '__schema') }),
    make('created 301 seconds ago', 'CLOCK', { created: vectorTime - 301, nonce: 'vector-old' }),
    make('created 6 seconds ahead', 'CLOCK', { created: vectorTime + 6, nonce: 'vector-future' }),
    make('with an unknown key of the hub', 'KEY', {
      id: 'hub-agree-9.dk-agree-1',
      nonce: 'vector-key',
    }),
    make('with an unknown key of the partner', 'PARTNER_KEY', {
      id: 'hub-agree-1.dk-agree-9',
      nonce: 'vector-partner-key',
    }),
    make('signed for another path', 'SIGNATURE', {
      changed: { path: '/other' },
      nonce: 'vector-path',
    }),
    make('signed for another method', 'SIGNATURE', {
      changed: { method: 'GET' },
      nonce: 'vector-method',
    }),
    make('with an unsigned time left', 'SIGNATURE', {
      after: { 'hub-time-left': '3000' },
      nonce: 'vector-time',
    }),
    make('with an unsigned client name', 'SIGNATURE', {
      after: { 'hub-client-name': 'somebody' },
      nonce: 'vector-client',
    }),
    make('with a spoilt signature', 'SIGNATURE', {
      after: { signature: `hub=:${'A'.repeat(43)}=:` },
      nonce: 'vector-spoilt',
    }),
  ];
}

const claims = {
  iss: 'hub',
  sub: 'anna',
  aud: 'dk',
  org: 'nbnp',
  role: 'coordinator',
  purpose: 'travel',
  iat: vectorTime,
  exp: vectorTime + 60,
};

/** ES256 signs differently each time, so this one was made once. */
const byCurve =
  'eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6Imh1Yi1zaWduLTIifQ.eyJpc3MiOiJodWIiLCJzdWIiOiJhbm5hIiwiYXVkIjoiZGsiLCJvcmciOiJuYm5wIiwicm9sZSI6ImNvb3JkaW5hdG9yIiwiaWF0IjoxNzk1NTIxNjAwLCJleHAiOjE3OTU1MjE2NjB9.AjoWtaohq_f3bTC6kXJQuSgl1uOspA9taRP7cOTHc6sx65FH0xHxwo3vlGLnZVKbD8jcyTY8wvvAU_NY2kTKVA';

async function assert(
  changed: Readonly<Record<string, unknown>> = {},
  {
    key = vectorKeys['hub-sign-1'] as JWK,
    header = {},
    secret = undefined as Uint8Array | undefined,
  } = {},
): Promise<string> {
  return new SignJWT({ ...claims, ...changed })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT', kid: 'hub-sign-1', ...header })
    .sign(secret ?? (await importJWK(key, 'EdDSA')));
}

const assertParticipant = (changed: Readonly<Record<string, unknown>> = {}, role = 'anonymous') =>
  assert({
    ...(role === 'anonymous' && { sub: role, org: undefined, purpose: undefined }),
    role,
    participant: { sub: 'anna', org: 'no', person: 'no:officer-1', ...changed },
  });

async function createAssertions(): Promise<AssertionVector[]> {
  const { d: _, ...ownKey } = foreignKey;
  const secret = Buffer.from(vectorKeys['hub-sign-1'].x, 'base64url');
  const good: [string, string][] = [
    ['a co-ordinator', await assert()],
    ['for a purpose of the list', await assert({ purpose: 'OTHER: a study' })],
    ['by a P-256 key', byCurve],
    [
      'anonymous',
      await assert({ role: 'anonymous', sub: 'anonymous', org: undefined, purpose: undefined }),
    ],
    ['a participant', await assertParticipant()],
    ['five seconds ahead', await assert({ iat: vectorTime + 5, exp: vectorTime + 65 })],
  ];
  const bad: [string, string][] = [
    ['for another partner', await assert({ aud: 'no' })],
    ['issued by a partner', await assert({ iss: 'nbnp' })],
    ['with an unknown role', await assert({ role: 'administrator' })],
    ['a participant without her record', await assertParticipant({ person: undefined })],
    ['a participant of another organisation', await assertParticipant({ person: 'se:officer-1' })],
    ['a participant with a role', await assertParticipant({}, 'coordinator')],
    ['without a person', await assert({ sub: undefined })],
    ['without an organisation', await assert({ org: undefined })],
    ['without a time', await assert({ iat: undefined })],
    ['without an end', await assert({ exp: undefined })],
    ['expired', await assert({ iat: vectorTime - 60, exp: vectorTime - 10 })],
    ['older than a minute', await assert({ iat: vectorTime - 120, exp: vectorTime + 60 })],
    ['from the future', await assert({ iat: vectorTime + 30, exp: vectorTime + 90 })],
    ['without a signature', new UnsecuredJWT(claims).encode()],
    ['with the public key as a secret', await assert({}, { header: { alg: 'HS256' }, secret })],
    ['by a foreign key', await assert({}, { key: foreignKey })],
    ['with its own key', await assert({}, { key: foreignKey, header: { jwk: ownKey } })],
    ['no JWT', 'anna'],
  ];
  return [
    ...good.map(([name, text]) => ({ name, assertion: text, result: 'accepted' as const })),
    ...bad.map(([name, text]) => ({ name, assertion: text, result: 'refused' as const })),
  ];
}

const manifest: Manifest = {
  form: 1,
  issuer: 'dk',
  subgraph: 'national-police',
  endpoint: 'https://hub.dk.example.org/graphql',
  contact: 'hub@dk.example.org',
  sequence: vectorTime,
  issuedAt: '2026-11-24T12:00:00Z',
  schemaVersion: '2026.11.1',
  schema: 'type Query { officers: Int }',
  maintenance: [
    { from: '2026-12-01T22:00:00Z', to: '2026-12-01T23:30:00Z', message: 'A new disk.' },
  ],
  lastGoodFor: 3_600,
  consents: [{ to: 'nbnp', rule: 'override', element: 'Officer.unit' }],
  conformance: null,
};

async function createManifests(): Promise<ManifestVector[]> {
  const key = vectorKeys['dk-sign-1'];
  const sign = async (content: unknown, header: object = {}, by: JWK = key) => {
    const jws = await new CompactSign(Buffer.from(JSON.stringify(content)))
      .setProtectedHeader({ alg: 'EdDSA', kid: 'dk-sign-1', typ: manifestType, ...header })
      .sign(await importJWK(by, 'EdDSA'));
    return JSON.stringify({ manifest: jws });
  };
  const good = await signManifest(manifest, key);
  const spoilt = good.replace(/\.(..)/, (_all, two: string) => `.${two === 'ey' ? 'ex' : 'ey'}`);
  const unsecured = new UnsecuredJWT({ ...manifest }).encode();
  const bad: [string, string, string][] = [
    ['no signature', 'MANIFEST_UNSIGNED', JSON.stringify(manifest)],
    ['the algorithm none', 'MANIFEST_UNSIGNED', JSON.stringify({ manifest: unsecured })],
    ['the type of a token', 'MANIFEST_UNSIGNED', await sign(manifest, { typ: 'JWT' })],
    ['no key id', 'MANIFEST_UNSIGNED', await sign(manifest, { kid: undefined })],
    ['a foreign key', 'MANIFEST_FOREIGN', await sign(manifest, {}, foreignKey)],
    ['an unknown key id', 'MANIFEST_FOREIGN', await sign(manifest, { kid: 'dk-sign-9' })],
    ['another issuer', 'MANIFEST_FOREIGN', await sign({ ...manifest, issuer: 'no' })],
    ['a changed payload', 'MANIFEST_FOREIGN', spoilt],
    ['another form', 'MANIFEST_INVALID', await sign({ ...manifest, form: 2 })],
    ['a member more', 'MANIFEST_INVALID', await sign({ ...manifest, priority: 1 })],
    ['no schema', 'MANIFEST_INVALID', await sign({ ...manifest, schema: '' })],
  ];
  return [
    { name: 'whole', file: good, result: 'accepted' },
    ...bad.map(([name, result, file]) => ({ name, file, result })),
  ];
}

/** The test vectors for partners in other languages. The same each time. */
export async function createVectors(): Promise<Vectors> {
  const requests = createRequests(await assert());
  const [plain] = requests;
  return {
    about:
      'Test vectors of wire-format.md. You are the partner dk, and the time is always `time`, in seconds since 1970. Send the requests to one server, in this order: it began to remember nonces at `time`. The keys are for this file alone.',
    time: vectorTime,
    keys: vectorKeys,
    derivedKey: channel.secret.toString('hex'),
    requests,
    assertions: await createAssertions(),
    manifests: await createManifests(),
    responses: plain ? createResponses(plain, vectorTime) : [],
  };
}
