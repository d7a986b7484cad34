import { type Channel, contentDigestOf, deriveChannel } from '@hub/shared/identity';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Certifier, SignOverrides } from '../certifier.js';
import { expectData, expectRefusal } from '../expect-reply.js';
import { subject } from '../step.js';

const seconds = (count: number): Date => new Date(Date.now() + count * 1_000);

/** Sends a request whose signature has this error, and expects a refusal. */
const refuses =
  (overrides: (partner: Certifier) => SignOverrides) =>
  async (partner: Certifier): Promise<void> => {
    const { plainBody: body } = partner;
    const headers = await partner.sign(body, overrides(partner));
    expectRefusal(await partner.post(body, headers));
  };

const refusesUnsigned = (query: string) => async (partner: Certifier) =>
  expectRefusal(await partner.post(JSON.stringify({ query })));

/** Adds a header to a signed request, which the signature does not cover. */
const refusesAdded = (name: string, value: string) => async (partner: Certifier) => {
  const { plainBody: body } = partner;
  expectRefusal(await partner.post(body, { ...(await partner.sign(body)), [name]: value }));
};

/** Removes one header of a signed request. */
const refusesWithout = (name: string) => async (partner: Certifier) => {
  const { plainBody: body } = partner;
  const { [name]: _, ...headers } = await partner.sign(body);
  expectRefusal(await partner.post(body, headers));
};

/** A secret that somebody shares with himself alone. */
function foreignChannel(): Channel {
  const make = (kid: string) => {
    const { privateKey, publicKey } = generateKeyPairSync('x25519');
    return {
      own: { ...privateKey.export({ format: 'jwk' }), kid },
      open: { ...publicKey.export({ format: 'jwk' }), kid },
    };
  };
  const [one, other] = [make('foreign-1'), make('foreign-2')];
  return deriveChannel(one.own, other.open, 'foreign-1', 'foreign-2');
}

const changed = JSON.stringify({ query: '{ __typename other: __typename }' });

/** Who may send requests. */
export const signatureSteps = subject('shared/identity/wire-format.md, The request’s signature', {
  'signed-request-is-accepted': [
    'a request that the hub signed is executed',
    async (partner) => {
      const { plainBody: body } = partner;
      expectData(await partner.post(body, await partner.sign(body)));
    },
  ],
  'signed-time-and-name-are-accepted': [
    'hub-time-left and hub-client-name are accepted if the signature covers them',
    async (partner) => {
      const { plainBody: body } = partner;
      const extra = { timeLeftMs: 3_000, clientName: 'certifier' };
      expectData(await partner.post(body, await partner.sign(body, extra as SignOverrides)));
    },
  ],
  'three-seconds-ahead-are-accepted': [
    'clocks may differ by five seconds',
    async (partner) => {
      const { plainBody: body } = partner;
      expectData(await partner.post(body, await partner.sign(body, { now: seconds(3) })));
    },
  ],
  'direct-query-is-refused': ['401 UNAUTHENTICATED', refusesUnsigned('{ __typename }')],
  'direct-entities-are-refused': [
    '401 UNAUTHENTICATED',
    refusesUnsigned('{ _entities(representations: []) { __typename } }'),
  ],
  'direct-service-is-refused': ['401 UNAUTHENTICATED', refusesUnsigned('{ _service { sdl } }')],
  'direct-introspection-is-refused': [
    '401 UNAUTHENTICATED',
    refusesUnsigned('{ __schema { queryType { name } } }'),
  ],
  'missing-signature-is-refused': ['401 UNAUTHENTICATED', refusesWithout('signature')],
  'missing-digest-is-refused': ['401 UNAUTHENTICATED', refusesWithout('content-digest')],
  'missing-assertion-is-refused': ['401 UNAUTHENTICATED', refusesWithout('hub-assertion')],
  'missing-partner-is-refused': ['401 UNAUTHENTICATED', refusesWithout('hub-partner')],
  'changed-body-is-refused': [
    '401 UNAUTHENTICATED: the body is not the one of the digest',
    async (partner) =>
      expectRefusal(await partner.post(changed, await partner.sign(partner.plainBody))),
  ],
  'changed-digest-is-refused': [
    '401 UNAUTHENTICATED: the signature covers the digest',
    async (partner) => {
      const headers = await partner.sign(partner.plainBody);
      const own = { ...headers, 'content-digest': contentDigestOf(changed) };
      expectRefusal(await partner.post(changed, own));
    },
  ],
  'other-path-is-refused': [
    '401 UNAUTHENTICATED: the signature covers the path',
    refuses(() => ({ path: '/elsewhere' })),
  ],
  'other-partner-is-refused': [
    '401 UNAUTHENTICATED: the request is for another partner',
    refuses(() => ({ partner: 'zz' })),
  ],
  'foreign-key-is-refused': [
    '401 UNAUTHENTICATED: the keyid names no key of the hub',
    refuses(() => ({ channel: foreignChannel() })),
  ],
  'wrong-secret-is-refused': [
    '401 UNAUTHENTICATED: the keyid is right, and the signature is not',
    refuses(({ channel }) => ({ channel: { ...channel, secret: randomBytes(32) } })),
  ],
  'old-request-is-refused': [
    '401 UNAUTHENTICATED: it was created more than 300 s ago',
    refuses(() => ({ now: seconds(-330) })),
  ],
  'future-request-is-refused': [
    '401 UNAUTHENTICATED: it was created more than 5 s ahead',
    refuses(() => ({ now: seconds(60) })),
  ],
  'replayed-request-is-refused': [
    'the first one is executed, and the same one again is 401 UNAUTHENTICATED',
    async (partner) => {
      const { plainBody: body } = partner;
      const headers = await partner.sign(body);
      expectData(await partner.post(body, headers));
      expectRefusal(await partner.post(body, headers));
    },
  ],
  'unsigned-time-is-refused': [
    '401 UNAUTHENTICATED: hub-time-left counts only if it is signed',
    refusesAdded('hub-time-left', '1000'),
  ],
  'unsigned-name-is-refused': [
    '401 UNAUTHENTICATED: hub-client-name counts only if it is signed',
    refusesAdded('hub-client-name', 'somebody'),
  ],
});
