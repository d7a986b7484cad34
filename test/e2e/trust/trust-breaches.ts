import { contentDigestOf } from '@hub/shared/identity';
import { inner } from '@hub/shared/testing';
import type { Certifier } from '../../../gateway/cli/partner-check/certifier.js';
import type { SignedCall } from '../network/broken-partner.js';
import type { NamedBreach } from './breaches.js';

type Claims = Readonly<Record<string, unknown>>;

/** What a request claims, as nobody has verified it. */
interface Claimed extends SignedCall {
  readonly query: string;
  readonly claims: Claims;
  readonly algorithm: unknown;
  readonly hasOwnKey: boolean;
  /** When it was signed, in seconds from now. */
  readonly created: number;
  readonly digestFits: boolean;
}

function readPart(token: string | undefined, index: number): Claims {
  const part = token?.split('.')[index];
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as Claims;
  } catch {
    return {};
  }
}

function read(call: SignedCall): Claimed {
  const { text, headers } = call;
  const { alg: algorithm, jwk } = readPart(headers['hub-assertion'], 0);
  const created = Number(/;created=(\d+)/.exec(headers['signature-input'] ?? '')?.[1]);
  const parsed = text.startsWith('{"query":"')
    ? (JSON.parse(text) as { query: string })
    : undefined;
  return {
    ...call,
    query: parsed?.query ?? '',
    claims: readPart(headers['hub-assertion'], 1),
    algorithm,
    hasOwnKey: jwk !== undefined,
    created: created - Date.now() / 1_000,
    digestFits: headers['content-digest'] === contentDigestOf(text),
  };
}

type Is = (call: Claimed) => boolean;

const now = (): number => Date.now() / 1_000;
const has = ({ headers }: Claimed, name: string): boolean => headers[name] !== undefined;
const covers = ({ headers }: Claimed, name: string): boolean =>
  headers['signature-input']?.includes(`"${name}"`) ?? false;
const isUnsigned: Is = (call) => !has(call, 'signature') && !has(call, 'hub-assertion');
/** As the certifier signs by itself, and not as the hub does. */
const isOwn: Is = ({ claims }) => claims['iss'] !== undefined && claims['purpose'] === undefined;
const isPlain: Is = ({ text }) => text === '{"query":"{ __typename }"}';
const isFresh: Is = ({ created }) => Math.abs(created) < 1.5;

const believes = (step: string, what: string, is: Is): NamedBreach => [
  `believes ${what}`,
  { trust: (call) => is(read(call)) || undefined },
  [step],
];

const refuses = (step: string, what: string, is: Is): NamedBreach => [
  `refuses ${what}`,
  { trust: (call) => (is(read(call)) ? false : undefined) },
  [step],
];

/** Whether the hub signed a request for this path. */
const isSignedFor = (
  { text: body, headers }: SignedCall,
  path: string,
  { code: partner, channel }: Certifier,
): Promise<boolean> =>
  inner
    .createRequestVerifier({
      partner,
      channelOf: () => Promise.resolve(channel),
      replays: inner.createReplayGuard(310, new Date()),
    })({ method: 'POST', path, body, headers })
    .then(
      () => true,
      () => false,
    );

const otherPath = '/elsewhere';

/** Nothing is wrong with it but its signature, if that is wrong. */
const isComplete = (call: Claimed, { code, channel }: Certifier): boolean =>
  isPlain(call) &&
  call.digestFits &&
  has(call, 'signature') &&
  has(call, 'hub-assertion') &&
  call.headers['hub-partner'] === code &&
  ['hub-time-left', 'hub-client-name'].every((name) => has(call, name) === covers(call, name)) &&
  (call.headers['signature-input']?.includes(channel.id) ?? false) &&
  Math.abs(call.created) < 5;

const isDirect =
  (query: string): Is =>
  (call) =>
    isUnsigned(call) && call.query.startsWith(query);

/** One for each step about who may ask. Each fails that step and no other. */
export const trustBreaches: readonly NamedBreach[] = [
  [
    'believes a signature for another path',
    { trust: async (call, real) => (await isSignedFor(call, otherPath, real)) || undefined },
    ['other-path-is-refused'],
  ],
  [
    'believes a signature by another secret',
    {
      trust: async (call, real) => {
        if (!isComplete(read(call), real)) return undefined;
        const paths = [real.path, otherPath];
        const signed = await Promise.all(paths.map((path) => isSignedFor(call, path, real)));
        return signed.includes(true) ? undefined : true;
      },
    },
    ['wrong-secret-is-refused'],
  ],
  believes('direct-query-is-refused', 'whoever asks', isDirect('{ __typename')),
  believes('direct-entities-are-refused', 'whoever asks for entities', isDirect('{ _entities')),
  believes('direct-service-is-refused', 'whoever asks for the schema', isDirect('{ _service')),
  believes('direct-introspection-is-refused', 'whoever asks for its types', isDirect('{ __schema')),
  ...(
    [
      ['missing-signature-is-refused', 'signature'],
      ['missing-digest-is-refused', 'content-digest'],
      ['missing-assertion-is-refused', 'hub-assertion'],
      ['missing-partner-is-refused', 'hub-partner'],
    ] as const
  ).map(([step, name]) =>
    believes(step, `a request without ${name}`, (call) => !isUnsigned(call) && !has(call, name)),
  ),
  believes(
    'changed-body-is-refused',
    'a body of another digest',
    (call) => has(call, 'content-digest') && !call.digestFits,
  ),
  believes(
    'changed-digest-is-refused',
    'a digest that is not signed',
    (call) => call.digestFits && call.text.includes('other: __typename'),
  ),
  believes(
    'other-partner-is-refused',
    'a request to another partner',
    ({ headers }) => headers['hub-partner'] === 'zz',
  ),
  believes(
    'foreign-key-is-refused',
    'any keyid',
    ({ headers }) => headers['signature-input']?.includes('foreign-') ?? false,
  ),
  believes('old-request-is-refused', 'old requests', ({ created }) => created < -310),
  believes('future-request-is-refused', 'requests of the future', ({ created }) => created > 30),
  believes(
    'replayed-request-is-refused',
    'a request twice',
    (call) => has(call, 'signature') && call.earlier > 0,
  ),
  ...(
    [
      ['unsigned-time-is-refused', 'hub-time-left'],
      ['unsigned-name-is-refused', 'hub-client-name'],
    ] as const
  ).map(([step, name]) =>
    believes(step, `${name} without a signature`, (call) => has(call, name) && !covers(call, name)),
  ),
  believes(
    'assertion-for-another-is-refused',
    'assertions for others',
    ({ claims }) => claims['aud'] === 'zz',
  ),
  believes(
    'assertion-of-another-is-refused',
    'assertions of others',
    ({ claims }) => claims['iss'] === 'zz',
  ),
  believes(
    'old-assertion-is-refused',
    'old assertions',
    ({ claims }) => Number(claims['iat']) < now() - 100,
  ),
  believes(
    'expired-assertion-is-refused',
    'expired assertions',
    ({ claims }) => Number(claims['iat']) > now() - 100 && Number(claims['exp']) < now(),
  ),
  believes(
    'unknown-role-is-refused',
    'any role',
    ({ claims }) => claims['role'] === 'administrator',
  ),
  believes('unsigned-assertion-is-refused', '`none`', ({ algorithm }) => algorithm === 'none'),
  believes('symmetric-assertion-is-refused', '`HS256`', ({ algorithm }) => algorithm === 'HS256'),
  believes(
    'assertion-with-its-own-key-is-refused',
    'the key in an assertion',
    ({ hasOwnKey }) => hasOwnKey,
  ),
  believes('foreign-assertion-is-refused', 'assertions by any key', (call) => {
    const { claims, algorithm, hasOwnKey } = call;
    const isGood =
      claims['iss'] === 'hub' && claims['aud'] !== 'zz' && claims['role'] === 'coordinator';
    const isNow = Number(claims['iat']) > now() - 30 && Number(claims['exp']) > now();
    return isOwn(call) && isGood && isNow && algorithm === 'EdDSA' && !hasOwnKey;
  }),
  refuses('signed-time-and-name-are-accepted', 'a time that is signed', (call) =>
    covers(call, 'hub-time-left'),
  ),
  refuses(
    'three-seconds-ahead-are-accepted',
    'a clock that is ahead',
    ({ created }) => created > 0.5 && created < 5,
  ),
  refuses(
    'anonymous-is-accepted',
    'anonymous callers',
    ({ claims }) => claims['role'] === 'anonymous',
  ),
  refuses('response-is-in-time', 'what comes at once with others', ({ atOnce }) => atOnce > 1),
  [
    'refuses the first request',
    (() => {
      let isOver = false;
      return {
        trust: (given: SignedCall) => {
          const call = read(given);
          if (isOver || !isPlain(call) || !isFresh(call) || isOwn(call)) return undefined;
          isOver = true;
          return false;
        },
      };
    })(),
    ['signed-request-is-accepted'],
  ],
];
